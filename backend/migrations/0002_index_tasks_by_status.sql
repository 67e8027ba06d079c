-- Serves `GET /tasks?status=...`, which pages through one status by descending id.
create index tasks_status_id on tasks (status, id desc);
