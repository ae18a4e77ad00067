-- What the links in emails hold. Used ones stay until they would have expired, because they count as mails that were requested.
create table account_token (
    -- SHA-256, in hexadecimal, of 256 random bits.
    hash text primary key,
    user_id uuid not null references users (id) on delete cascade,
    kind text not null,
    -- The address that the link was mailed to, and its key.
    email text not null,
    email_key text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create index account_token_by_user on account_token (user_id);
create index account_token_by_address on account_token (email_key, kind, created_at);
create index account_token_by_expiry on account_token (expires_at);
