-- Signing keys that were withdrawn, whose tokens are refused everywhere.
create table withdrawn_key (
    kid text primary key,
    withdrawn_at timestamptz not null
);
