-- How long a recording has been recorded, and the clock when that was counted. Null: not yet.
ALTER TABLE recordings ADD COLUMN ran_millis BIGINT;
ALTER TABLE recordings ADD COLUMN ran_as_of BIGINT;
