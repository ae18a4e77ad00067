package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import dev.herald.platform.settings.ApplicationSettings;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"herald.outbox.topic=" + OutboxTest.TOPIC, "herald.outbox.poll-interval=200ms"})
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("local")
class OutboxTest {

    static final String TOPIC = "thing-events";

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

    @Autowired
    private Tracer tracer;

    @Autowired
    private Traces traces;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private OutboxRelay relay;

    @Autowired
    private JdbcConnectionDetails database;

    @Autowired
    private ProducerFactory<?, ?> producers;

    @Autowired
    private JsonMapper json;

    @Autowired
    private OutboxSettings settings;

    @Autowired
    private OutboxMetrics metrics;

    private final KafkaWire kafka = new KafkaWire();

    @AfterEach
    void empty() {
        jdbc.update("delete from outbox");
    }

    @Test
    void publishesWhatWasCommittedAndThenForgetsIt() {
        UUID thing = UUID.randomUUID();

        announce(new ThingMade(thing, "ä"));

        ConsumerRecord<String, byte[]> message = published(thing, 1).getFirst();
        assertThat(new String(message.value(), UTF_8)).isEqualTo("{\"id\":\"%s\",\"text\":\"ä\"}".formatted(thing));
        EventMetadata event = CloudEvents.read(message.headers());
        assertThat(event.type()).isEqualTo("thing.made");
        assertThat(event.source()).isEqualTo("/platform-test");
        assertThat(event.subject()).isEqualTo(thing.toString());
        assertThat(event.id().version()).isEqualTo(7);
        await().untilAsserted(() -> assertThat(rows()).isZero());
    }

    @Test
    void rolledBackChangeLeavesNoEvent() {
        UUID undone = UUID.randomUUID();
        transactions.executeWithoutResult(transaction -> {
            events.publishEvent(new ThingMade(undone, "undone"));
            transaction.setRollbackOnly();
        });
        UUID done = UUID.randomUUID();
        announce(new ThingMade(done, "done"));

        published(done, 1);
        assertThat(kafka.read(TOPIC, undone)).isEmpty();
    }

    @Test
    void refusesAnEventWithoutATransaction() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> events.publishEvent(new ThingMade(UUID.randomUUID(), "lost")));
    }

    @Test
    void keepsTheOrderOfEachAggregate() {
        List<UUID> things =
                IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
        for (int i = 0; i < 40; i++) {
            String text = String.valueOf(i);
            transactions.executeWithoutResult(
                    transaction -> things.forEach(thing -> events.publishEvent(new ThingMade(thing, text))));
        }

        for (UUID thing : things) {
            assertThat(published(thing, 40))
                    .extracting(message -> new String(message.value(), UTF_8))
                    .containsExactlyElementsOf(IntStream.range(0, 40)
                            .mapToObj(i -> "{\"id\":\"%s\",\"text\":\"%d\"}".formatted(thing, i))
                            .toList());
        }
    }

    @Test
    void parksWhatKafkaRefusesAndHoldsBackItsAggregateAlone() {
        UUID tooLarge = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        announce(new ThingMade(tooLarge, "x".repeat(5 * 1024 * 1024)));
        announce(new ThingMade(tooLarge, "after"));
        announce(new ThingMade(other, "fits"));

        published(other, 1);
        await().untilAsserted(() -> assertThat(
                        jdbc.queryForList("select parked_reason from outbox where parked_at is not null", String.class))
                .singleElement()
                .asString()
                .contains("RecordTooLargeException"));
        assertThat(kafka.read(TOPIC, tooLarge)).isEmpty();
        assertThat(meters.get("herald.outbox.parked").gauge().value()).isEqualTo(1);
        await().untilAsserted(() ->
                assertThat(meters.get("herald.outbox.pending").gauge().value()).isEqualTo(1));
        // A parked row has its own alert.
        assertThat(meters.get("herald.outbox.oldest.age").gauge().value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{\"traceparent\":", "{\"tenant\":null}"})
    void parksWhatMakesNoRecord(String headers) {
        UUID broken = UUID.randomUUID();
        UUID neighbour = UUID.randomUUID();
        transactions.executeWithoutResult(transaction -> {
            events.publishEvent(new ThingMade(broken, "broken"));
            jdbc.update("update outbox set headers = ? where aggregateid = ?", headers, broken.toString());
            events.publishEvent(new ThingMade(neighbour, "goes on"));
        });

        published(neighbour, 1);
        await().untilAsserted(() -> assertThat(jdbc.queryForList(
                        "select parked_reason from outbox where aggregateid = ?", String.class, broken.toString()))
                .singleElement()
                .asString()
                .contains("no record"));
        assertThat(kafka.read(TOPIC, broken)).isEmpty();
    }

    @Test
    void outlivesAnError() {
        AtomicInteger errors = new AtomicInteger(1);
        OutboxRelay shaken = new OutboxRelay(
                database,
                () -> {
                    if (errors.getAndDecrement() > 0) {
                        throw new NoClassDefFoundError("once");
                    }
                    return new KafkaProducer<>(
                            producers.getConfigurationProperties(), new StringSerializer(), new ByteArraySerializer());
                },
                settings,
                new OutboxSender(json, settings, metrics, traces, "/shaken"));
        relay.stop();
        shaken.start();
        try {
            UUID thing = UUID.randomUUID();
            announce(new ThingMade(thing, "after the error"));

            published(thing, 1);
            assertThat(errors).hasNegativeValue();
        } finally {
            shaken.stop();
            relay.start();
        }
    }

    @Test
    void publishesAnEventOfTwoMebibytes() {
        UUID large = UUID.randomUUID();

        announce(new ThingMade(large, "x".repeat(2 * 1024 * 1024)));

        assertThat(published(large, 1).getFirst().value()).hasSizeGreaterThan(2 * 1024 * 1024);
    }

    @Test
    void followerTakesOverWhenTheLeaderLosesItsSession() {
        OutboxRelay follower = anotherReplica();
        follower.start();
        try {
            await().untilAsserted(() -> assertThat(relaySessions()).isEqualTo(2));
            assertThat(leaders()).isEqualTo(1);

            endTheLeadersSession();

            UUID thing = UUID.randomUUID();
            announce(new ThingMade(thing, "under the new leader"));
            published(thing, 1);
            await().untilAsserted(() -> assertThat(leaders()).isEqualTo(1));
        } finally {
            follower.stop();
        }
    }

    @Test
    void keepsTheOrderOfEachAggregateWhenTheLeadIsLostWithRowsInHand() {
        List<UUID> things =
                IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
        OutboxRelay follower = anotherReplica();
        follower.start();
        try {
            transactions.executeWithoutResult(transaction -> IntStream.range(0, 200)
                    .mapToObj(String::valueOf)
                    .forEach(text -> things.forEach(thing -> events.publishEvent(new ThingMade(thing, text)))));
            for (int left : List.of(800, 600, 400)) {
                await().pollInterval(ofMillis(5)).atMost(ofSeconds(60)).until(() -> rows() < left);
                endTheLeadersSession();
            }
            await().atMost(ofSeconds(60)).until(() -> rows() == 0);
        } finally {
            follower.stop();
        }

        for (UUID thing : things) {
            assertThat(withoutRepeats(kafka.read(TOPIC, thing)))
                    .containsExactlyElementsOf(IntStream.range(0, 200)
                            .mapToObj(i -> "{\"id\":\"%s\",\"text\":\"%d\"}".formatted(thing, i))
                            .toList());
        }
    }

    /** A plan for few rows compares each row with all others, which would take longer than the statement's timeout. */
    @ParameterizedTest
    @CsvSource({"0, analyze outbox", "2, analyze outbox", "0, 'vacuum (truncate false) outbox'"})
    void readsABacklogAlthoughTheStatisticsKnowOfFewRows(int few, String statistics) throws SQLException {
        relay.stop();
        try (OutboxSession session = OutboxSession.open(database)) {
            // Leaves empty pages as after a backlog, because the planner's statistics are per page.
            write(30_000);
            empty();
            write(few);
            jdbc.execute(statistics);
            write(30_000);

            assertThat(new OutboxReader(session.rows(), 500).next()).hasSize(500);
            assertThat(meters.get("herald.outbox.oldest.age").gauge().value()).isNotNaN();
        } finally {
            empty();
            jdbc.execute("analyze outbox");
            relay.start();
        }
    }

    private void write(int rows) {
        jdbc.update("""
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                select uuidv7(), 'thing', uuidv7(), 'thing.made', '{}', '{}', now() from generate_series(1, ?)
                """, rows);
    }

    @Test
    void readsOthersRowsAsFastBehindAParkedAggregateWithVeryManyRows() throws SQLException {
        relay.stop();
        try {
            String parked = UUID.randomUUID().toString();
            write(parked, 20_001);
            jdbc.update("""
                    update outbox set parked_at = now()
                    where seq = (select min(seq) from outbox where aggregateid = ?)""", parked);

            assertThatReadsAreCheap();
        } finally {
            relay.start();
        }
    }

    @Test
    void readsOthersRowsAsFastBehindAnAggregateWithALongQueue() throws SQLException {
        relay.stop();
        try {
            write(UUID.randomUUID().toString(), 5_000);

            assertThatReadsAreCheap();
        } finally {
            empty();
            relay.start();
        }
    }

    @Test
    void readsAsFastAlthoughATransactionKeepsDeadRows() throws SQLException {
        relay.stop();
        try (Connection open =
                DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            open.setAutoCommit(false);
            open.createStatement().execute("select from outbox");
            write(50_000);
            empty();

            assertThatReadsAreCheap();
        } finally {
            relay.start();
        }
    }

    /** Compares with a read from the beginning of the table. */
    private void assertThatReadsAreCheap() throws SQLException {
        UUID other = UUID.randomUUID();
        try (OutboxSession session = OutboxSession.open(database)) {
            OutboxReader reader = new OutboxReader(session.rows(), 500);
            // The first read checks the table.
            reader.next();
            announce(new ThingMade(other, "of another aggregate"));
            assertThat(reader.next()).extracting(row -> row.aggregate().id()).contains(other.toString());
            assertThat(fastest(reader::next))
                    .isLessThan(fastest(() -> session.rows().above(0, 500)) / 4);
        }
    }

    private interface Read {
        Object run() throws SQLException;
    }

    /** In nanoseconds. */
    private static long fastest(Read read) throws SQLException {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            read.run();
            fastest = Math.min(fastest, System.nanoTime() - begin);
        }
        return fastest;
    }

    @Test
    void publishesInOrderWhatWaitedBehindARowThatIsParkedNoMore() {
        UUID thing = UUID.randomUUID();
        announce(new ThingMade(thing, "x".repeat(5 * 1024 * 1024)));
        await().until(() -> count("select count(*) from outbox where parked_at is not null") == 1);
        for (int i = 0; i < 20; i++) {
            announce(new ThingMade(thing, String.valueOf(i)));
        }

        jdbc.update(
                "update outbox set payload = '{}', parked_at = null, parked_reason = null where parked_at is not null");

        assertThat(published(thing, 21))
                .extracting(message -> new String(message.value(), UTF_8))
                .startsWith("{}")
                .endsWith(IntStream.range(0, 20)
                        .mapToObj(i -> "{\"id\":\"%s\",\"text\":\"%d\"}".formatted(thing, i))
                        .toArray(String[]::new));
    }

    @Test
    void publishesWhatIsCommittedLongAfterLaterRows() {
        UUID late = UUID.randomUUID();
        UUID early = UUID.randomUUID();
        transactions.executeWithoutResult(transaction -> {
            events.publishEvent(new ThingMade(late, "late"));
            // A relay that starts now begins above this row, which is not visible to it yet.
            relay.stop();
            relay.start();
            Thread.startVirtualThread(() -> announce(new ThingMade(early, "early")));
            published(early, 1);
        });

        published(late, 1);
    }

    @Test
    void sendsNothingAgainThatKafkaHasTakenWhileTheDatabaseRefusesToDeleteIt() {
        jdbc.execute("create sequence deletion");
        jdbc.execute("""
                create function refuse() returns trigger language plpgsql as $$
                begin
                    perform nextval('deletion');
                    raise 'read-only' using errcode = '25006';
                end $$""");
        jdbc.execute("create trigger refuse before delete on outbox for each statement execute function refuse()");
        List<UUID> things =
                IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
        try {
            things.forEach(thing -> announce(new ThingMade(thing, "once")));
            await().atMost(ofSeconds(30)).until(() -> count("select last_value from deletion") > 3);
        } finally {
            jdbc.execute("drop trigger refuse on outbox");
            jdbc.execute("drop function refuse");
            jdbc.execute("drop sequence deletion");
        }

        await().atMost(ofSeconds(30)).until(() -> rows() == 0);
        assertThat(things)
                .allSatisfy(thing -> assertThat(kafka.read(TOPIC, thing)).hasSize(1));
    }

    @Test
    void parksWhatIsTooLargeToBeReadIntoMemory() {
        UUID other = UUID.randomUUID();
        jdbc.update("""
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                values (uuidv7(), 'thing', 'large', 'thing.made', repeat('x', 30 * 1024 * 1024), '{}', now())""");
        announce(new ThingMade(other, "goes on"));

        published(other, 1);
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.queryForList(
                                "select parked_reason from outbox where parked_at is not null", String.class))
                        .singleElement()
                        .asString()
                        .contains("The row has 31457282 bytes"));
    }

    @Test
    void showsForHowLongATransactionHasKeptDeadRows() throws SQLException {
        try (Connection open =
                DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            open.setAutoCommit(false);
            open.createStatement().execute("select from outbox");

            await().until(() -> oldestTransaction() > 1);
        }
        await().until(() -> oldestTransaction() < 1);
        assertThat(meters.get("herald.outbox.dead.rows").gauge().value()).isNotNegative();
    }

    /** A role to which PostgreSQL does not show the start and the type of other roles' sessions. */
    @Test
    void seesATransactionOfAnotherRole() throws SQLException {
        jdbc.execute("create role onlooker login password 'onlooker'");
        try (Connection open = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                SingleConnectionDataSource onlooker =
                        new SingleConnectionDataSource(database.getJdbcUrl(), "onlooker", "onlooker", true)) {
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            open.setAutoCommit(false);
            open.createStatement().execute("select from outbox");
            OldestTransaction oldest = new OldestTransaction(new JdbcTemplate(onlooker), Clock.systemUTC());

            await().until(() -> oldest.age() > 1);
        } finally {
            jdbc.execute("drop role onlooker");
        }
    }

    private double oldestTransaction() {
        return meters.get("herald.outbox.oldest.transaction").gauge().value();
    }

    private void write(String aggregate, int rows) {
        jdbc.update("""
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                select uuidv7(), 'thing', ?, 'thing.made', '{}', '{}', now() from generate_series(1, ?)
                """, aggregate, rows);
    }

    @Test
    void carriesTheTraceOfTheRequestThatCausedIt() {
        UUID thing = UUID.randomUUID();
        Span request = tracer.nextSpan().name("request").start();
        try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
            assertThat(scope).isNotNull();
            announce(new ThingMade(thing, "traced"));
        } finally {
            request.end();
        }

        assertThat(new String(
                        published(thing, 1)
                                .getFirst()
                                .headers()
                                .lastHeader("traceparent")
                                .value(),
                        UTF_8))
                .contains(request.context().traceId());
    }

    @Test
    void measuresWhatItPublishes() {
        double before = meters.get("herald.outbox.published").counter().count();
        UUID thing = UUID.randomUUID();

        announce(new ThingMade(thing, "counted"));

        published(thing, 1);
        await().untilAsserted(() -> assertThat(
                        meters.get("herald.outbox.published").counter().count())
                .isGreaterThan(before));
        assertThat(meters.get("herald.outbox.publish.latency").timer().count()).isPositive();
    }

    private OutboxRelay anotherReplica() {
        return context.getBean(OutboxAutoConfiguration.class)
                .outboxRelay(
                        database,
                        producers,
                        json,
                        settings,
                        metrics,
                        traces,
                        new ApplicationSettings("another replica"));
    }

    private void endTheLeadersSession() {
        jdbc.execute("""
                select pg_terminate_backend(pid) from pg_locks
                where locktype = 'advisory' and granted
                  and database = (select oid from pg_database where datname = current_database())""");
    }

    private static Collection<String> withoutRepeats(List<ConsumerRecord<String, byte[]>> messages) {
        return messages.stream()
                .collect(toMap(
                        message -> CloudEvents.read(message.headers()).id(),
                        message -> new String(message.value(), UTF_8),
                        (first, repeat) -> first,
                        LinkedHashMap::new))
                .values();
    }

    private void announce(ThingMade event) {
        transactions.executeWithoutResult(transaction -> events.publishEvent(event));
    }

    private List<ConsumerRecord<String, byte[]>> published(UUID thing, int count) {
        return await().atMost(ofSeconds(30))
                .until(() -> kafka.read(TOPIC, thing), messages -> messages.size() == count);
    }

    private long rows() {
        return count("select count(*) from outbox");
    }

    private long relaySessions() {
        return count("""
                select count(*) from pg_stat_activity
                where application_name = 'outbox relay' and datname = current_database()""");
    }

    private long leaders() {
        return count("""
                select count(*) from pg_locks
                where locktype = 'advisory' and granted
                  and database = (select oid from pg_database where datname = current_database())""");
    }

    private long count(String sql) {
        Long count = jdbc.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }
}
