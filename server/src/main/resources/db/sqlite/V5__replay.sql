-- Classes that are to be made into videos after they are over.
CREATE TABLE replay_tasks (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  face TEXT NOT NULL,
  scope TEXT NOT NULL,
  room TEXT NOT NULL,
  subject TEXT NOT NULL,
  request TEXT NOT NULL,
  state TEXT NOT NULL,
  progress INTEGER NOT NULL,
  failed_attempts INTEGER NOT NULL,
  result TEXT,
  failure TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT
);
-- Never two for one room, whatever the code above thinks.
CREATE UNIQUE INDEX replay_tasks_one_unfinished ON replay_tasks (face, scope, room)
  WHERE state IN ('QUEUED', 'PROCESSING');
CREATE INDEX replay_tasks_by_state ON replay_tasks (state);

-- Where events of after-class tasks go; empty for nowhere.
ALTER TABLE tencent_callbacks ADD COLUMN offline_callback TEXT NOT NULL DEFAULT '';
