-- What one node does for all, such as tidying, and until when nobody else does it.
CREATE TABLE grants (
  task TEXT NOT NULL PRIMARY KEY,
  node TEXT NOT NULL,
  ends_at BIGINT NOT NULL
);

-- What all nodes must know and nobody else, such as the key of links.
CREATE TABLE secrets (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
