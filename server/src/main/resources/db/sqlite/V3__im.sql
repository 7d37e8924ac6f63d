-- Groups of the messages' API. A dissolved one stays for replay; its id may then be given to a new one.
CREATE TABLE im_groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  sdk_app_id BIGINT NOT NULL,
  group_id TEXT NOT NULL,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  last_seq BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  destroyed_at BIGINT
);
CREATE UNIQUE INDEX im_groups_one_living ON im_groups (sdk_app_id, group_id) WHERE destroyed_at IS NULL;
CREATE INDEX im_groups_by_id ON im_groups (sdk_app_id, group_id, number);

-- Without a body: not to be kept, known only until its Random may be used again.
CREATE TABLE im_messages (
  group_number BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  sender TEXT NOT NULL,
  random BIGINT NOT NULL,
  at BIGINT NOT NULL,
  priority TEXT NOT NULL,
  body TEXT,
  cloud_data TEXT,
  PRIMARY KEY (group_number, seq)
);
CREATE INDEX im_messages_by_random ON im_messages (group_number, sender, random, seq);
CREATE INDEX im_messages_unkept ON im_messages (at) WHERE body IS NULL;
