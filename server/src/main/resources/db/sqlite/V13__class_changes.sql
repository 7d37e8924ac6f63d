-- A room that is created again upstream begins its sequences anew: a change is told from an earlier one by the start of
-- its class as well. Changes that were handled are tidied away after some time.
CREATE TABLE class_changes_anew (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  app_id TEXT NOT NULL,
  room_uuid TEXT NOT NULL,
  source TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  state INTEGER NOT NULL,
  class TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  handled INTEGER NOT NULL,
  UNIQUE (app_id, room_uuid, source, sequence, state, class)
);
INSERT INTO class_changes_anew (number, app_id, room_uuid, source, sequence, state, class, seen_at, handled)
  SELECT number, app_id, room_uuid, source, sequence, state, '',
    CASE WHEN handled = 0 THEN CAST(strftime('%s', 'now') AS INTEGER) * 1000 ELSE 0 END, handled FROM class_changes;
DROP TABLE class_changes;
ALTER TABLE class_changes_anew RENAME TO class_changes;
CREATE INDEX class_changes_unhandled ON class_changes (app_id, room_uuid, number) WHERE handled = 0;
CREATE INDEX class_changes_handled ON class_changes (seen_at) WHERE handled = 1;
