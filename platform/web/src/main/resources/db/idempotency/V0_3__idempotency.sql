-- The first answer to a request with an Idempotency-Key, for 24 hours.
create table idempotency (
    -- SHA-256, in hexadecimal, of caller, route and key.
    scope text primary key,
    -- HMAC-SHA256, in hexadecimal, of the request's body.
    fingerprint text not null,
    status integer not null,
    location text,
    etag text,
    body text not null,
    created_at timestamptz not null
);

create index idempotency_created_at on idempotency (created_at);
