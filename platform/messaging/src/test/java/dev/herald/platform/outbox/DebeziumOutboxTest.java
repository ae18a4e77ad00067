package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionOperations;

/** A slot of PostgreSQL stands for Debezium: the test reads its changes and moves it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "herald.outbox.topic=" + DebeziumOutboxTest.TOPIC,
            "herald.outbox.poll-interval=200ms",
            "herald.outbox.relay=debezium"
        })
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("local")
class DebeziumOutboxTest {

    static final String TOPIC = "debezium-thing-events";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ThingService {}

    private record ThingMade(UUID id, String text) implements DomainEvent {

        @Override
        public String type() {
            return "thing.made";
        }
    }

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    private final KafkaWire kafka = new KafkaWire();

    @AfterEach
    void removeSlot() {
        jdbc.update("delete from outbox");
        jdbc.queryForList("""
                select pg_drop_replication_slot(slot_name)::text from pg_replication_slots
                where database = current_database()""");
        jdbc.execute("drop publication if exists herald_outbox");
    }

    @Test
    void leavesAnEventToTheRelayThatNoSlotWouldRead() {
        UUID thing = UUID.randomUUID();

        announce(new ThingMade(thing, "without a slot"));

        awaitRelayed(thing);
    }

    @Test
    void leavesAnEventToTheRelayThatIsNotInThePublication() {
        createSlot();
        jdbc.execute("drop publication herald_outbox");
        UUID thing = UUID.randomUUID();

        announce(new ThingMade(thing, "without a publication"));

        await().untilAsserted(() -> {
            skipChanges();
            assertThat(kafka.read(TOPIC, thing)).hasSize(1);
        });
    }

    @Test
    void writesForTheSlotWhatTheRelayWouldSend() {
        createSlot();
        UUID thing = UUID.randomUUID();

        announce(new ThingMade(thing, "ä"));

        assertThat(rows(thing)).isZero();
        assertThat(nextChanges())
                .singleElement()
                .asString()
                .contains(
                        "{\"id\":\"%s\",\"text\":\"ä\"}".formatted(thing),
                        TOPIC,
                        "1.0",
                        "/platform-test",
                        "thing.made",
                        "application/json")
                .containsPattern("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
                .containsPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(kafka.read(TOPIC, thing)).isEmpty();
    }

    @Test
    void leavesNoEventOfARolledBackChange() {
        createSlot();

        transactions.executeWithoutResult(transaction -> {
            events.publishEvent(new ThingMade(UUID.randomUUID(), "undone"));
            transaction.setRollbackOnly();
        });

        assertThatTheNextChangeIsTheOnlyOne();
    }

    @Test
    void leavesAnEventToTheRelayIfItsAggregateHasRows() {
        createSlot();
        UUID thing = UUID.randomUUID();
        park(thing);

        announce(new ThingMade(thing, "after the parked one"));

        assertThat(rows(thing)).isEqualTo(2);
        assertThatTheNextChangeIsTheOnlyOne();
    }

    @Test
    void theRelayWaitsUntilTheSlotHasReadWhatCameBefore() {
        createSlot();
        UUID thing = UUID.randomUUID();
        announce(new ThingMade(thing, "first, for Debezium"));
        writeForTheRelay(thing);

        // Longer than the relay looks for a slot, and polls.
        await().during(ofSeconds(2)).atMost(ofSeconds(10)).until(() -> rows(thing) == 1);
        assertThat(kafka.read(TOPIC, thing)).isEmpty();
        assertThat(meters.get("herald.outbox.slot.lag").gauge().value()).isPositive();

        await().untilAsserted(() -> {
            skipChanges();
            assertThat(kafka.read(TOPIC, thing)).hasSize(1);
        });
    }

    @Test
    void tellsHowFarTheSlotIsBehind() {
        assertThat(oldestAge()).isZero();
        createSlot();
        announce(new ThingMade(UUID.randomUUID(), "unread"));
        oldestAge();

        await().until(() -> oldestAge() > 0.5);

        skipChanges();
        assertThat(oldestAge()).isZero();
    }

    @Test
    void refusesAnEventThatKafkaWouldRefuse() {
        createSlot();
        ThingMade large = new ThingMade(UUID.randomUUID(), "x".repeat(4 * 1024 * 1024));

        assertThatExceptionOfType(EventTooLarge.class).isThrownBy(() -> announce(large));

        assertThatTheNextChangeIsTheOnlyOne();
    }

    private void announce(ThingMade event) {
        transactions.executeWithoutResult(transaction -> events.publishEvent(event));
    }

    private void awaitRelayed(UUID thing) {
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(kafka.read(TOPIC, thing)).hasSize(1));
    }

    private void createSlot() {
        jdbc.execute("create publication herald_outbox for table outbox where (topic is not null)"
                + " with (publish = 'insert')");
        jdbc.queryForList(
                "select pg_create_logical_replication_slot('herald_outbox_' || current_database(), 'pgoutput')::text");
    }

    private void assertThatTheNextChangeIsTheOnlyOne() {
        UUID next = UUID.randomUUID();
        announce(new ThingMade(next, "next"));
        assertThat(nextChanges()).singleElement().asString().contains(next.toString());
    }

    /** Waits, because PostgreSQL decodes what is on the disk, and commits do not wait for the disk in tests. */
    private List<String> nextChanges() {
        return await().until(this::changes, not(List::isEmpty));
    }

    /** Reads the inserted rows of the publication as text, in which each value stands as it is. */
    private List<String> changes() {
        return jdbc.queryForList("""
                        select data from pg_logical_slot_get_binary_changes(
                            'herald_outbox_' || current_database(), null, null,
                            'proto_version', '1', 'publication_names', 'herald_outbox')""", byte[].class).stream()
                .map(change -> new String(change, UTF_8))
                .filter(change -> change.startsWith("I"))
                .toList();
    }

    /** Moves the slot to the end of the WAL, as if everything were published. */
    private void skipChanges() {
        jdbc.queryForList("""
                select pg_replication_slot_advance(slot_name, pg_current_wal_insert_lsn())::text
                from pg_replication_slots where database = current_database()""");
    }

    private double oldestAge() {
        return meters.get("herald.outbox.oldest.age").gauge().value();
    }

    private void park(UUID thing) {
        jdbc.update("""
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at, parked_at)
                values (uuidv7(), 'thing', ?, 'thing.made', '{}', '{}', now(), now())""", thing.toString());
    }

    /** As an instance in the other mode writes it. */
    private void writeForTheRelay(UUID thing) {
        jdbc.update("""
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                values (uuidv7(), 'thing', ?, 'thing.made', '{}', '{}', now())""", thing.toString());
    }

    private long rows(UUID thing) {
        Long count =
                jdbc.queryForObject("select count(*) from outbox where aggregateid = ?", Long.class, thing.toString());
        return count == null ? 0 : count;
    }
}
