-- Callbacks about recorded cameras, each taken once: event 1 a start, 100 an end.
CREATE TABLE class_callbacks (
  group_number BIGINT NOT NULL,
  event INTEGER NOT NULL,
  stream TEXT NOT NULL,
  file_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (group_number, event, stream)
);
CREATE UNIQUE INDEX class_callbacks_by_file ON class_callbacks (group_number, event, file_id) WHERE file_id IS NOT NULL;

-- What messages of type 1004 have said: their value, as JSON.
CREATE TABLE class_videos (
  group_number BIGINT NOT NULL,
  msg_seq BIGINT NOT NULL,
  video_id TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (group_number, video_id)
);

-- Uploaded files; one without a row here is of no use any more.
CREATE TABLE class_uploads (
  id TEXT NOT NULL PRIMARY KEY,
  group_number BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX class_uploads_by_group ON class_uploads (group_number);
