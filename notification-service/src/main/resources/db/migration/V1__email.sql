create table email (
    id uuid primary key,
    -- One delivery per event, whatever is redelivered; the Message-ID derives from it.
    event_id uuid not null unique,
    event_time timestamptz not null,
    type text not null,
    user_id uuid not null,
    recipient text not null,
    recipient_name text not null,
    subject text not null,
    status text not null check (status in ('PENDING', 'SENT', 'FAILED')),
    attempts integer not null,
    next_attempt_at timestamptz not null,
    last_error text,
    created_at timestamptz not null,
    sent_at timestamptz,
    version bigint not null
);

-- What is due: small, whatever the number of emails sent.
create index email_due on email (next_attempt_at) where status = 'PENDING';
