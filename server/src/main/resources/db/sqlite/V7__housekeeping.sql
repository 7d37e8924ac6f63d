-- What housekeeping deletes by: it must find what is due without reading what is not.
CREATE INDEX room_events_by_time ON room_events (at);
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

-- Messages of a group up to this number were deleted because their time was over.
ALTER TABLE im_groups ADD COLUMN forgotten_seq BIGINT NOT NULL DEFAULT 0;
CREATE INDEX im_groups_living ON im_groups (last_at)
  WHERE destroyed_at IS NULL AND last_seq > forgotten_seq;
CREATE INDEX im_groups_dissolved ON im_groups (destroyed_at) WHERE destroyed_at IS NOT NULL;

-- Written now and then, to see whether the store can be written.
CREATE TABLE store_probe (count BIGINT NOT NULL);
INSERT INTO store_probe VALUES (0);
