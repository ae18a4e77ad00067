-- Requests that were accepted and not worked on yet. Whether an account has the address is looked up then.
create table forgotten_password (
    id uuid primary key,
    email text not null,
    created_at timestamptz not null
);

create index forgotten_password_by_age on forgotten_password (created_at);
