-- The attempt of which a client said at another node that its page is ready.
ALTER TABLE recordings ADD COLUMN confirmed_attempt INTEGER NOT NULL DEFAULT 0;
