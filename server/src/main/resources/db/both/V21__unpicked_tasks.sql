-- Every node looks once a second for tasks that nobody has picked; nearly all are.
CREATE INDEX scheduled_tasks_picked ON scheduled_tasks (picked, execution_time);
