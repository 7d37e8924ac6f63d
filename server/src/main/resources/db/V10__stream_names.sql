-- A plan for streams says what its rules and places call the whiteboard and shared screens.
UPDATE recordings SET spec = json_set(spec, '$.streams.names', json('{"whiteboard":"tic_record_user","screenPrefix":"tic_substream_"}'))
WHERE json_extract(spec, '$.streams') IS NOT NULL;
