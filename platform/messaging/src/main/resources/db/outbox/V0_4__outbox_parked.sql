-- The aggregates with a parked row: their other rows wait, and every read leaves them out.
create index outbox_parked on outbox (aggregatetype, aggregateid) where parked_at is not null;
