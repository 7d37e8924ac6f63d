-- The epoch at which a node offered a recording to the others: it is to end.
ALTER TABLE recordings ADD COLUMN offered INTEGER NOT NULL DEFAULT 0;
