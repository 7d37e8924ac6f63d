-- Tasks' files are part of their recordings' results now. Rows of earlier versions say of a recording's own videos
-- only what the streams' files do.
UPDATE recordings SET result = '{"videos":[],"streams":'
    || (SELECT files FROM tencent_tasks WHERE tencent_tasks.id = recordings.id) || '}'
  WHERE result IS NULL AND EXISTS
    (SELECT 1 FROM tencent_tasks WHERE tencent_tasks.id = recordings.id AND files IS NOT NULL);
ALTER TABLE tencent_tasks DROP COLUMN files;
