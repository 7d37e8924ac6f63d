-- A node looks at the rows of all that it works on by one query.
CREATE INDEX recordings_of_node ON recordings (owner) WHERE running = 1;
