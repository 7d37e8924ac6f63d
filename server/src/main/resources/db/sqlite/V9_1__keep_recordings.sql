-- When a recording's files were deleted because their time was over; null while they are there. Of Agora's only:
-- Tencent's tasks have a row of their own for it.
ALTER TABLE recordings ADD COLUMN files_deleted_at BIGINT;
CREATE INDEX recordings_kept ON recordings (face, scope, ended_at) WHERE files_deleted_at IS NULL;
