-- What a recording or task was is known for 90 days after its files were deleted; rows must be found by that time.
CREATE INDEX recordings_gone ON recordings (files_deleted_at) WHERE files_deleted_at IS NOT NULL;
CREATE INDEX tencent_tasks_gone ON tencent_tasks (deleted_at) WHERE deleted_at IS NOT NULL;
