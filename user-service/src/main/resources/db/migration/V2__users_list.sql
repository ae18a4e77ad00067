-- A page of the list, newest first, wherever it begins.
create index users_by_creation on users (created_at, id);

-- A prefix of the name, without regard to case.
create index users_by_name on users (lower(name) text_pattern_ops);
