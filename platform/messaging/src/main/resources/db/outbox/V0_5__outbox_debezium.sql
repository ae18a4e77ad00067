-- What Debezium's outbox event router puts into a record besides the columns above. They are filled only in rows that
-- Debezium publishes, so the relay publishes the rows without a topic.
alter table outbox
    add topic text,
    add ce_specversion text,
    add ce_source text,
    add ce_time text,
    add content_type text,
    add traceparent text;
