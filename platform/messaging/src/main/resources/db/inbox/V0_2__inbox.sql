-- The events that a consumer has handled; inserted first, in the handler's own transaction.
create table processed_event (
    consumer text not null,
    event_id uuid not null,
    processed_at timestamptz not null,
    primary key (consumer, event_id)
);

-- Rows are to be purged by age.
create index processed_event_processed_at on processed_event (processed_at);
