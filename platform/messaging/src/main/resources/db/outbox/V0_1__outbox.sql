-- Events on their way out. The columns id, aggregatetype, aggregateid, type and payload are those of Debezium's outbox
-- event router, so that Debezium could take the relay's place.
create table outbox (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    aggregatetype text not null,
    aggregateid text not null,
    type text not null,
    payload text not null,
    headers text not null,
    created_at timestamptz not null,
    parked_at timestamptz,
    parked_reason text
);

-- Finds an aggregate's earlier rows: only the first one is relayed.
create index outbox_aggregate on outbox (aggregatetype, aggregateid, seq);
