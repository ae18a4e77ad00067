-- Lists, newest first: of one person, whose erasure goes by it too; of everybody in one status.
create index email_by_user on email (user_id, created_at, id);
create index email_by_status on email (status, created_at, id);

-- Users who are no more. The id alone stays, so that no late event stores anything about them again.
create table erased_user (
    user_id uuid primary key
);
