CREATE TABLE recordings (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  face TEXT NOT NULL,
  scope TEXT NOT NULL,
  subject TEXT NOT NULL,
  spec TEXT NOT NULL,
  ticket TEXT NOT NULL,
  extra TEXT NOT NULL,
  desired TEXT NOT NULL,
  status TEXT NOT NULL,
  state TEXT NOT NULL,
  running INTEGER NOT NULL,
  reason TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT
);
-- Never two recorders for one room, whatever the code above thinks.
CREATE UNIQUE INDEX recordings_one_running ON recordings (face, scope, subject) WHERE running = 1;
CREATE INDEX recordings_by_subject ON recordings (face, scope, subject, number);
CREATE INDEX recordings_by_ticket ON recordings (ticket);
CREATE INDEX recordings_by_state ON recordings (state);

CREATE TABLE rooms (
  app_id TEXT NOT NULL,
  room_uuid TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  type INTEGER NOT NULL,
  state INTEGER NOT NULL,
  properties TEXT NOT NULL,
  role_config TEXT NOT NULL,
  record TEXT,
  start_time BIGINT,
  end_time BIGINT,
  close_time BIGINT,
  created_at BIGINT NOT NULL,
  last_sequence BIGINT NOT NULL,
  PRIMARY KEY (app_id, room_uuid)
);

CREATE TABLE room_events (
  app_id TEXT NOT NULL,
  room_uuid TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  cmd INTEGER NOT NULL,
  data TEXT NOT NULL,
  at BIGINT NOT NULL,
  polled INTEGER NOT NULL,
  PRIMARY KEY (app_id, room_uuid, sequence)
);
CREATE INDEX room_events_unpolled ON room_events (app_id, at) WHERE polled = 0;

-- Class states to act upon, our own and an upstream's: stored first, acted upon then.
CREATE TABLE class_changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  app_id TEXT NOT NULL,
  room_uuid TEXT NOT NULL,
  source TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  state INTEGER NOT NULL,
  handled INTEGER NOT NULL,
  UNIQUE (app_id, room_uuid, source, sequence)
);
CREATE INDEX class_changes_unhandled ON class_changes (app_id, number) WHERE handled = 0;

CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  target TEXT NOT NULL,
  body TEXT NOT NULL,
  tries INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  done_at BIGINT
);
CREATE INDEX outbox_waiting ON outbox (lane, number) WHERE done_at IS NULL;

-- db-scheduler's own table.
CREATE TABLE scheduled_tasks (
  task_name TEXT NOT NULL,
  task_instance TEXT NOT NULL,
  task_data BLOB,
  execution_time TIMESTAMP NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by TEXT,
  last_success TIMESTAMP,
  last_failure TIMESTAMP,
  consecutive_failures INTEGER,
  last_heartbeat TIMESTAMP,
  version BIGINT NOT NULL,
  priority SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
