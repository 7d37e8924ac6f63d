-- When a class that has ended closes by itself; null for one that has not ended or is closed.
ALTER TABLE rooms ADD COLUMN closes_at BIGINT;
UPDATE rooms SET closes_at = end_time + 1000 * COALESCE(json_extract(properties, '$.schedule.closeDelay'), 600)
  WHERE state = 2;
CREATE INDEX rooms_closing ON rooms (closes_at) WHERE closes_at IS NOT NULL;
