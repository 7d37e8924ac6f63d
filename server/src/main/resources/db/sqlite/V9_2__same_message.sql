-- Of a message's body, also of one that is not kept: the same Random is the same message only with the same body.
-- Null in those from before, which are taken for the same.
ALTER TABLE im_messages ADD COLUMN digest TEXT;
