-- What a recording has made, as JSON, since it was complete. Null before that, and in rows of earlier versions: then
-- its folder says it.
ALTER TABLE recordings ADD COLUMN result TEXT;
