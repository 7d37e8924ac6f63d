-- What a recording or task was is known for 90 days after its files were deleted; rows must be found by that time.
CREATE INDEX recordings_gone ON recordings (files_deleted_at) WHERE files_deleted_at IS NOT NULL;
CREATE INDEX tencent_tasks_gone ON tencent_tasks (deleted_at) WHERE deleted_at IS NOT NULL;

-- When a room was last created, recorded, or had its class begin or end: it is removed some time after that. Of rooms
-- from before nobody knows, so they are taken for used now.
ALTER TABLE rooms ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;
UPDATE rooms SET used_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
