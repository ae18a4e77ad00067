package dev.herald.platform.outbox;

import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.observability.Traces;
import dev.herald.platform.outbox.OutboxRow.Aggregate;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.IdGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every published {@link DomainEvent} into the table {@code outbox}, in the transaction that changed the aggregate,
 * and logs its type and id after the commit. {@link OutboxRelay}, or Debezium, publishes the rows to the topic of their
 * aggregate type ({@code herald.outbox.topics}), or to {@code herald.outbox.topic}.
 */
class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final JdbcTemplate jdbc;
    private final JsonMapper json;
    private final IdGenerator ids;
    private final Clock clock;
    private final OutboxNotifier notifier;
    private final Traces traces;
    private final @Nullable DebeziumOutbox debezium;

    /** @param debezium null if the relay publishes all events */
    Outbox(
            JdbcTemplate jdbc,
            JsonMapper json,
            IdGenerator ids,
            Clock clock,
            OutboxNotifier notifier,
            Traces traces,
            @Nullable DebeziumOutbox debezium) {
        this.jdbc = jdbc;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.notifier = notifier;
        this.traces = traces;
        this.debezium = debezium;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void append(DomainEvent event) {
        NewRow row = new NewRow(
                ids.generateId(),
                new Aggregate(event.aggregateType(), event.id().toString()),
                event.type(),
                json.writeValueAsString(event),
                traces.headers(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        boolean relayed = debezium == null || !debezium.write(row);
        if (relayed) {
            insert(row);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (relayed) {
                    notifier.signal();
                }
                log.info("{} {}", event.type(), event.id());
            }
        });
    }

    private void insert(NewRow row) {
        jdbc.update(
                """
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                row.id(),
                row.aggregate().type(),
                row.aggregate().id(),
                row.type(),
                row.payload(),
                json.writeValueAsString(row.headers()),
                Timestamp.from(row.createdAt()));
    }
}
