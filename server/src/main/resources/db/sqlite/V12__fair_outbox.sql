-- When a notice was added, for those that wait behind one that nobody takes; unknown for older ones.
ALTER TABLE outbox ADD COLUMN added_at BIGINT NOT NULL DEFAULT 0;
-- Nobody took it, or too many waited: it can be sent again until it is tidied away.
ALTER TABLE outbox ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_by_target ON outbox (target, number) WHERE done_at IS NULL;
CREATE INDEX outbox_given_up ON outbox (target, number) WHERE given_up = 1;
