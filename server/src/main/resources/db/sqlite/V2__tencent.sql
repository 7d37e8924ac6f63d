-- What ended a recording; null where nobody knows.
ALTER TABLE recordings ADD COLUMN ended TEXT;

-- What Tencent's face knows of its recordings beside the core; a row outlives the recording's files.
CREATE TABLE tencent_tasks (
  id TEXT NOT NULL PRIMARY KEY,
  sdk_app_id BIGINT NOT NULL,
  -- How much of the task's life has been announced: NONE, STARTED, STOPPED or FINISHED.
  announced TEXT NOT NULL,
  -- The contents of streams.json when all files were complete.
  files TEXT,
  ended_at BIGINT,
  deleted_at BIGINT
);
CREATE INDEX tencent_tasks_kept ON tencent_tasks (ended_at) WHERE deleted_at IS NULL;

CREATE TABLE tencent_callbacks (
  sdk_app_id BIGINT NOT NULL PRIMARY KEY,
  callback TEXT NOT NULL,
  callback_key TEXT NOT NULL
);
