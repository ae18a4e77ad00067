package dev.herald.platform.outbox;

import dev.herald.platform.topic.EventTopic;

/** The queries for the rows that can be published; {@link OutboxSession} explains their plans. */
final class OutboxQueries {

    /** A batch ends with the row that reaches this size, so that it fits into memory and into the producer's buffer. */
    static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

    /**
     * Selects the rows of {@code next}, up to the size of a batch. The payload and headers of a row that is larger than
     * a message may be are null.
     */
    private static final String WITHIN_LIMITS = """
            , sized as (
                select *, octet_length(payload) + octet_length(headers) as bytes
                from next
            ), summed as (
                select *, sum(least(bytes, %1$d + 1)) over (order by seq) - least(bytes, %1$d + 1) as bytes_before
                from sized
            )
            select seq, id, aggregatetype, aggregateid, type, created_at, bytes,
                   case when bytes <= %1$d then payload end as payload,
                   case when bytes <= %1$d then headers end as headers
            from summed
            where bytes_before < %2$d
            order by seq
            """.formatted(EventTopic.MAX_MESSAGE_BYTES, MAX_BATCH_BYTES);

    static final String ROWS_ABOVE = """
            with next as (
                select *
                from (
                    select *
                    from outbox
                    where seq > ?
                      and parked_at is null
                      and (aggregatetype, aggregateid) not in (
                          select aggregatetype, aggregateid from outbox where parked_at is not null)
                    order by seq
                    offset 0) waiting
                where not exists (
                    select from outbox earlier
                    where earlier.aggregatetype = waiting.aggregatetype
                      and earlier.aggregateid = waiting.aggregateid
                      and earlier.seq + 0 < waiting.seq
                    offset 0)
                order by seq
                limit ?
            )
            """ + WITHIN_LIMITS;

    static final String FIRST_ROWS = """
            with next as (
                select first_row.*
                from unnest(?, ?, ?) as backlog (aggregatetype, aggregateid, below)
                cross join lateral (
                    select *
                    from outbox
                    where outbox.aggregatetype = backlog.aggregatetype
                      and outbox.aggregateid = backlog.aggregateid
                      and outbox.seq > backlog.below
                    order by seq
                    limit 1) first_row
                where first_row.parked_at is null
                  and first_row.seq <= ?
                order by seq
                limit ?
            )
            """ + WITHIN_LIMITS;

    /** Reads all rows up to a position. */
    static final String BACKLOG = """
            select aggregatetype, aggregateid, min(seq) - 1 as below
            from outbox
            where seq <= ?
              and parked_at is null
              and (aggregatetype, aggregateid) not in (
                  select aggregatetype, aggregateid from outbox where parked_at is not null)
            group by aggregatetype, aggregateid
            limit ?
            """;

    private OutboxQueries() {}
}
