package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.topic.EventTopic;
import java.sql.Timestamp;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes events for Debezium, which reads inserted rows from the WAL through a replication slot. So a row is deleted in
 * the transaction that inserts it, and the table stays empty.
 * <p>{@link OutboxRelay} publishes an event instead if no slot would read it, and if the aggregate still has rows in the
 * table, which must be published first. No other transaction can add such a row at the same time: both would change
 * the aggregate, and the later one fails by the aggregate's version.
 */
class DebeziumOutbox {

    private static final String CAN_PUBLISH = """
            select exists (select from %s)
               and exists (select from pg_publication_rel where prrelid = 'outbox'::regclass)
               and not exists (select from outbox where aggregatetype = ? and aggregateid = ?)
            """.formatted(DebeziumSlots.SLOTS);

    private final JdbcTemplate jdbc;
    private final OutboxSettings settings;
    private final String source;

    /** @param source the attribute {@code source} of the events, such as {@code /user-service} */
    DebeziumOutbox(JdbcTemplate jdbc, OutboxSettings settings, String source) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.source = source;
    }

    /**
     * Returns false, without having written, if the relay must publish the event.
     *
     * @throws EventTooLarge if the event is larger than a message may be; the relay would park it
     */
    boolean write(NewRow row) {
        if (!canPublish(row.aggregate())) {
            return false;
        }
        int bytes = row.payload().getBytes(UTF_8).length;
        if (bytes > EventTopic.MAX_MESSAGE_BYTES) {
            throw new EventTooLarge(bytes);
        }
        jdbc.update(
                """
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at, topic,
                                    ce_specversion, ce_source, ce_time, content_type, traceparent)
                values (?, ?, ?, ?, ?, '{}', ?, ?, '1.0', ?, ?, 'application/json', ?)
                """,
                row.id(),
                row.aggregate().type(),
                row.aggregate().id(),
                row.type(),
                row.payload(),
                Timestamp.from(row.createdAt()),
                settings.topicOf(row.aggregate()),
                source,
                row.createdAt().toString(),
                row.headers().getOrDefault("traceparent", newTrace()));
        jdbc.update("delete from outbox where id = ?", row.id());
        return true;
    }

    private boolean canPublish(OutboxRow.Aggregate aggregate) {
        return Boolean.TRUE.equals(jdbc.queryForObject(CAN_PUBLISH, Boolean.class, aggregate.type(), aggregate.id()));
    }

    /** A trace that is not sampled, because the event router cannot leave a header out. */
    private static String newTrace() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "00-%016x%016x-%016x-00".formatted(random.nextLong(), random.nextLong(), random.nextLong());
    }
}
