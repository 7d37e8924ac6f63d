-- The servers that share this store. Each sends a heartbeat a second.
CREATE TABLE nodes (
  name TEXT NOT NULL PRIMARY KEY,
  -- Differs each time that a process takes the name.
  incarnation TEXT NOT NULL,
  -- Grows with each heartbeat: others compare it, and nobody's clock.
  beat BIGINT NOT NULL,
  -- UP, DRAINING, ENDED or LOST.
  state TEXT NOT NULL,
  address TEXT NOT NULL,
  version TEXT NOT NULL,
  -- The data folder that the process has locked: whoever has the same lock now may take the name at once.
  folder TEXT NOT NULL,
  recordings INTEGER NOT NULL,
  room DOUBLE PRECISION NOT NULL,
  warm INTEGER NOT NULL
);

-- The node that works on it, and the number of the claim by which it does: who has an older one may not change the row.
ALTER TABLE recordings ADD COLUMN owner TEXT;
ALTER TABLE recordings ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE replay_tasks ADD COLUMN owner TEXT;
ALTER TABLE replay_tasks ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
