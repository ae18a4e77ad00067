create table users (
    id uuid primary key,
    name text not null,
    email text not null,
    password_hash text not null,
    roles text[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null
);

-- One account per address, without regard to case.
create unique index users_email_key on users (lower(email));
