-- Signing keys that are not published any more, but that a process may still accept.
create table retired_key (
    kid text primary key,
    retired_at timestamptz not null
);

-- For the purges.
create index retired_key_by_age on retired_key (retired_at);
create index withdrawn_key_by_age on withdrawn_key (withdrawn_at);
