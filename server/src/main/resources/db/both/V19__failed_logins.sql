-- How often logins from an address failed in a minute, wherever they were tried.
CREATE TABLE failed_logins (
  address  TEXT    NOT NULL,
  minute   BIGINT  NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (address, minute)
);
