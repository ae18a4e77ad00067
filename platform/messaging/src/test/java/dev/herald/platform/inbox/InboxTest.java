package dev.herald.platform.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import dev.herald.platform.topic.EventTopic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "herald.consumer.attempts=3",
            "herald.consumer.back-off=10ms",
            "herald.housekeeping.interval=1s",
            "spring.kafka.consumer.group-id=inbox-test"
        })
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("local")
class InboxTest {

    private static final String TOPIC = "letter-events";
    private static final String DEAD_LETTERS = "letter-events.inbox-test.dlt";

    private record LetterSent(UUID id, String text) {}

    /** The handler's effect is a row. The letter's text tells the handler how to fail. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class LetterService {

        private final ConcurrentMap<UUID, AtomicInteger> attempts = new ConcurrentHashMap<>();
        private final AtomicBoolean away = new AtomicBoolean(true);

        int attempts(UUID event) {
            return attempts.getOrDefault(event, new AtomicInteger()).get();
        }

        @Bean
        NewTopic letters() {
            return EventTopic.of(TOPIC);
        }

        @Bean
        EventSubscription letterEvents(JdbcTemplate jdbc) {
            return EventSubscription.to(TOPIC)
                    .onRecent("letter.posted", LetterSent.class, (letter, event) -> deliver(jdbc, letter, event))
                    .on("letter.sent", LetterSent.class, (letter, event) -> {
                        deliver(jdbc, letter, event);
                        int attempt = attempts.computeIfAbsent(event.id(), id -> new AtomicInteger())
                                .incrementAndGet();
                        if (letter.text().equals("fails always")
                                || (letter.text().equals("fails twice") && attempt < 3)) {
                            throw new IllegalStateException("attempt " + attempt);
                        }
                        if (letter.text().equals("database away") && attempt < 7) {
                            throw new TransientDataAccessResourceException("attempt " + attempt);
                        }
                        if (letter.text().equals("stack overflow")) {
                            throw new StackOverflowError();
                        }
                        if (letter.text().equals("database away until told") && away.get()) {
                            throw new TransientDataAccessResourceException("attempt " + attempt);
                        }
                        if (letter.text().startsWith("state ")) {
                            throw new UncategorizedSQLException(
                                    "insert",
                                    null,
                                    new SQLException("refused", letter.text().substring(6)));
                        }
                        if (letter.text().equals("no more connections") && attempt < 7) {
                            throw new UncategorizedSQLException(
                                    "commit", null, new SQLException("too many clients", "53300"));
                        }
                    });
        }

        /** The ids of events that were observed with a span and a timer. */
        @Bean
        Set<String> observed() {
            return ConcurrentHashMap.newKeySet();
        }

        @Bean
        ObservationHandler<KafkaRecordReceiverContext> observer(Set<String> observed) {
            return new ObservationHandler<>() {
                @Override
                public void onStop(KafkaRecordReceiverContext context) {
                    observed.add(header(context.getRecord(), "ce_id"));
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return context instanceof KafkaRecordReceiverContext;
                }
            };
        }

        private static void deliver(JdbcTemplate jdbc, LetterSent letter, EventMetadata event) {
            jdbc.update("insert into letter (event_id, text) values (?, ?)", event.id(), letter.text());
        }
    }

    @Autowired
    private ConcurrentKafkaListenerContainerFactory<?, ?> containers;

    @Autowired
    private LetterService service;

    @Autowired
    private EventConsumer consumer;

    @Autowired
    private MessageListenerContainer listener;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private Set<String> observed;

    private final KafkaWire kafka = new KafkaWire();
    private final UUID letter = UUID.randomUUID();

    @BeforeEach
    void openTheLetterbox() {
        jdbc.execute("create table if not exists letter (event_id uuid, text text)");
        await().until(() -> kafka.topics().containsAll(List.of(TOPIC, DEAD_LETTERS)));
    }

    @Test
    void handlesAnEventOnceHoweverOftenItArrives() {
        double duplicates = counted("letter.sent", "duplicate");
        KafkaWire.Event event = event("letter.sent", Instant.now());
        for (int i = 0; i < 3; i++) {
            kafka.send(TOPIC, event, json("hello"));
        }

        await().untilAsserted(
                        () -> assertThat(counted("letter.sent", "duplicate")).isEqualTo(duplicates + 2));
        assertThat(effects(event.id())).isEqualTo(1);
    }

    @Test
    void ignoresAnotherBodyUnderTheSameId() {
        double duplicates = counted("letter.sent", "duplicate");
        KafkaWire.Event event = event("letter.sent", Instant.now());
        kafka.send(TOPIC, event, json("first"));
        kafka.send(TOPIC, event, json("second"));

        await().untilAsserted(
                        () -> assertThat(counted("letter.sent", "duplicate")).isEqualTo(duplicates + 1));
        assertThat(jdbc.queryForList("select text from letter where event_id = ?", String.class, event.id()))
                .containsExactly("first");
    }

    @Test
    void skipsWhatItMayHaveForgottenWhereNoTransactionTakesTheEffectBack() {
        double expired = counted("letter.posted", "expired");
        KafkaWire.Event old = event("letter.posted", Instant.now().minus(Duration.ofDays(31)));
        KafkaWire.Event recent = event("letter.posted", Instant.now().minus(Duration.ofDays(29)));
        KafkaWire.Event undoable = event("letter.sent", old.time());
        List.of(old, recent, undoable).forEach(event -> kafka.send(TOPIC, event, json("late")));

        awaitEffect(recent.id());
        awaitEffect(undoable.id());
        assertThat(effects(old.id())).isZero();
        assertThat(counted("letter.posted", "expired")).isEqualTo(expired + 1);
    }

    @Test
    void retriesAHandlerThatFailsAndUndoesItsFailedAttempts() {
        UUID event = kafka.send(TOPIC, "letter.sent", letter, json("fails twice"));

        awaitEffect(event);
        assertThat(effects(event)).isEqualTo(1);
    }

    @Test
    void setsADeadLetterAsideAndGoesOn() {
        UUID dead = kafka.send(TOPIC, "letter.sent", letter, json("fails always"));
        UUID next = kafka.send(TOPIC, "letter.sent", letter, json("the one behind"));

        awaitEffect(next);
        assertThat(effects(dead)).isZero();
        ConsumerRecord<String, byte[]> deadLetter = deadLetter(json("fails always"));
        assertThat(deadLetter.key()).matches("letter-events/\\d/\\d+");
        assertThat(header(deadLetter, "ce_id")).isEqualTo(dead.toString());
        assertThat(header(deadLetter, "herald_dlt-reason")).contains("attempt 3");
        assertThat(deadLetter.headers().lastHeader("kafka_dlt-exception-stacktrace"))
                .isNull();
    }

    @Test
    void setsARecordThatCannotBeReadAsideAtOnce() {
        kafka.send(TOPIC, "letter.sent", letter, "no json");
        kafka.send(TOPIC, "letter.sent", letter, "{\"id\": \"" + letter + "\"}");
        kafka.send(new ProducerRecord<>(TOPIC, letter.toString(), "no headers".getBytes(UTF_8)));
        UUID next = kafka.send(TOPIC, "letter.sent", letter, json("the one behind"));

        awaitEffect(next);
        assertThat(header(deadLetter("no headers"), "herald_dlt-reason")).contains("ce_specversion");
        deadLetter("no json");
        deadLetter("{\"id\": \"" + letter + "\"}");
    }

    @Test
    void setsBytesAsideThatAreNoEventAtAll() {
        List<byte[]> payloads = List.of(
                new byte[0],
                "null".getBytes(UTF_8),
                new byte[] {(byte) 0xff, (byte) 0xfe, 0},
                "[".repeat(5_000).getBytes(UTF_8));
        for (byte[] payload : payloads) {
            ProducerRecord<String, byte[]> message = new ProducerRecord<>(TOPIC, letter.toString(), payload);
            event("letter.sent", Instant.now()).write(message.headers());
            kafka.send(message);
        }

        await().untilAsserted(() -> assertThat(kafka.read(DEAD_LETTERS))
                .filteredOn(dead -> header(dead, "herald_dlt-original-key").equals(letter.toString()))
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrderElementsOf(payloads));
    }

    @Test
    void setsContradictionsAsideAtOnce() {
        KafkaWire.Event now = event("letter.sent", Instant.now());
        ProducerRecord<String, byte[]> underAnotherKey =
                message(UUID.randomUUID().toString(), now, json("another key"));
        ProducerRecord<String, byte[]> twoIds = message(letter.toString(), now, json("two ids"));
        twoIds.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
        ProducerRecord<String, byte[]> noJson = message(letter.toString(), now, json("no json"));
        noJson.headers().remove("content-type").add("content-type", "text/plain".getBytes(UTF_8));
        List.of(underAnotherKey, twoIds, noJson).forEach(kafka::send);
        String ofSomebodyElse = "{\"id\":\"%s\",\"text\":\"x\"}".formatted(UUID.randomUUID());
        kafka.send(TOPIC, now, ofSomebodyElse);
        kafka.send(TOPIC, event("letter.sent", Instant.now().plus(Duration.ofDays(1))), json("from the future"));

        assertThat(reason(deadLetter(json("another key")))).contains("ce_subject is not the record's key");
        assertThat(reason(deadLetter(json("two ids")))).contains("ce_id is repeated");
        assertThat(reason(deadLetter(json("no json")))).contains("content-type is not application/json");
        assertThat(reason(deadLetter(ofSomebodyElse))).contains("id is not ce_subject");
        assertThat(reason(deadLetter(json("from the future")))).contains("ce_time lies in the future");
        assertThat(effects(now.id())).isZero();
    }

    @Test
    void takesAnEventOfTwoMegabytes() {
        UUID event = kafka.send(TOPIC, "letter.sent", letter, json("x".repeat(2 * 1024 * 1024)));

        awaitEffect(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22021", "54000", "23502", "23514"})
    void setsAsideAtOnceWhatTheDatabaseWillNeverStore(String state) {
        UUID event = kafka.send(TOPIC, "letter.sent", letter, json("state " + state));

        deadLetter(json("state " + state));
        assertThat(service.attempts(event)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23503", "40001"})
    void triesAgainWhatAnotherWriteMayHaveRefused(String state) {
        UUID event = kafka.send(TOPIC, "letter.sent", letter, json("state " + state));

        deadLetter(json("state " + state));
        assertThat(service.attempts(event)).isEqualTo(3);
    }

    @Test
    void goesOnBehindVeryManyRecordsThatCannotBeRead() {
        int many = 500;
        long before = unreadable();
        kafka.send(IntStream.range(0, many)
                .mapToObj(i -> new ProducerRecord<>(TOPIC, letter.toString(), "unreadable".getBytes(UTF_8)))
                .toList());
        UUID next = kafka.send(TOPIC, "letter.sent", letter, json("the one behind"));

        awaitEffect(next);
        assertThat(unreadable()).isEqualTo(before + many);
    }

    private long unreadable() {
        return kafka.read(DEAD_LETTERS).stream()
                .filter(dead -> new String(dead.value(), UTF_8).equals("unreadable"))
                .count();
    }

    @Test
    void goesOnBehindARecordThatOverflowsTheStack() {
        kafka.send(TOPIC, "letter.sent", letter, json("stack overflow"));
        UUID next = kafka.send(TOPIC, "letter.sent", letter, json("the one behind"));

        awaitEffect(next);
        assertThat(reason(deadLetter(json("stack overflow")))).contains("StackOverflowError");
    }

    @Test
    void showsForHowLongAPartitionHasBeenAtTheSameRecord() {
        assertThat(stalledSeconds()).isLessThan(1);
        UUID event = kafka.send(TOPIC, "letter.sent", letter, json("database away until told"));
        try {
            await().until(() -> stalledSeconds() > 1);
        } finally {
            service.away.set(false);
        }

        awaitEffect(event);
        await().until(() -> stalledSeconds() == 0);
    }

    private double stalledSeconds() {
        return meters.get("herald.inbox.stalled")
                .tags("consumer", "inbox-test", "topic", TOPIC)
                .gauge()
                .value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"database away", "no more connections"})
    void waitsForTheDatabaseWithoutCountingAttempts(String trouble) {
        UUID event = kafka.send(TOPIC, "letter.sent", letter, json(trouble));

        awaitEffect(event);
        assertThat(kafka.read(DEAD_LETTERS))
                .noneMatch(message -> header(message, "ce_id").equals(event.toString()));
    }

    @Test
    void skipsTypesThatItDoesNotKnowAndTombstones() {
        double skipped = counted("other", "skipped");
        UUID unknown = kafka.send(TOPIC, "letter.burnt", letter, "{}");
        kafka.send(new ProducerRecord<>(TOPIC, null, letter.toString(), new byte[0], headers("type", "letter.burnt")));
        kafka.send(new ProducerRecord<>(TOPIC, null, letter.toString(), null, headers("id", "tombstone")));
        UUID next =
                kafka.send(TOPIC, "letter.sent", letter, "{\"id\":\"%s\",\"text\":\"x\",\"more\":1}".formatted(letter));

        awaitEffect(next);
        assertThat(counted("other", "skipped")).isEqualTo(skipped + 2);
        await().until(() -> observed.contains(next.toString()));
        assertThat(observed).doesNotContain(unknown.toString(), "tombstone");
    }

    @Test
    void forgetsAnEventWhenItCannotBeTakenForARecentOneAnyMore() {
        Instant limit = Instant.now().minus(InboxMemory.RETENTION);
        jdbc.update(
                """
                insert into processed_event (consumer, event_id, processed_at)
                values ('older', ?, ?), ('younger', ?, ?)
                """,
                UUID.randomUUID(),
                Timestamp.from(limit.minus(Duration.ofMinutes(1))),
                UUID.randomUUID(),
                Timestamp.from(limit.plus(Duration.ofMinutes(1))));

        await().untilAsserted(() -> assertThat(jdbc.queryForList(
                        "select consumer from processed_event where consumer in ('older', 'younger')", String.class))
                .containsExactly("younger"));
    }

    @Test
    void keepsWhatItHasInHandWhenAnotherInstanceJoins() throws Exception {
        MessageListenerContainer other = containers.createContainer(TOPIC);
        other.setupMessageListener(consumer);
        List<UUID> sent = new ArrayList<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealServers.kafka()))) {
            await().atMost(ofSeconds(30)).until(() -> partitions(listener) == 6);
            other.start();
            await().atMost(ofSeconds(30)).until(() -> {
                UUID subject = UUID.randomUUID();
                sent.add(kafka.send(
                        TOPIC, "letter.sent", subject, "{\"id\":\"%s\",\"text\":\"moving\"}".formatted(subject)));
                return partitions(listener) == 3 && partitions(other) == 3;
            });

            sent.forEach(this::awaitEffect);
            assertThat(sent).allSatisfy(event -> assertThat(effects(event)).isEqualTo(1));
            assertThat(admin.describeConsumerGroups(List.of("inbox-test"))
                            .all()
                            .get()
                            .values())
                    .extracting(ConsumerGroupDescription::partitionAssignor)
                    .containsExactly("cooperative-sticky");
        } finally {
            other.stop();
        }
    }

    @Test
    void isNotReadyAnyMoreWhenItsContainerHasGivenUp() {
        AtomicBoolean broken = new AtomicBoolean();
        var container = containers.createContainer(TOPIC);
        // Not the service's own, which would keep the failing record as its partition's progress.
        container.setRecordInterceptor(null);
        container.getContainerProperties().setGroupId("gives-up");
        container.setupMessageListener((MessageListener<String, byte[]>) message -> {
            if (broken.get()) {
                throw new NoClassDefFoundError("of the handler's");
            }
        });
        ConsumerHealth health = new ConsumerHealth(container, Clock.systemUTC());
        container.start();
        try {
            await().atMost(ofSeconds(30))
                    .until(() -> health.health().getStatus().equals(Status.UP));

            broken.set(true);
            kafka.send(TOPIC, "letter.burnt", letter, "{}");

            await().atMost(ofSeconds(30))
                    .until(() -> health.health().getStatus().equals(Status.DOWN));
        } finally {
            container.stop();
        }
    }

    @Test
    void asksAgainWhenKafkaRefusesIt() {
        assertThat(listener.getContainerProperties().getAuthExceptionRetryInterval())
                .isEqualTo(ofSeconds(10));
    }

    private static int partitions(MessageListenerContainer container) {
        Collection<TopicPartition> partitions = container.getAssignedPartitions();
        return partitions == null ? 0 : partitions.size();
    }

    private KafkaWire.Event event(String type, Instant time) {
        return new KafkaWire.Event(UUID.randomUUID(), type, "/test", letter.toString(), time);
    }

    private static ProducerRecord<String, byte[]> message(String key, KafkaWire.Event event, String payload) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(TOPIC, key, payload.getBytes(UTF_8));
        event.write(message.headers());
        return message;
    }

    private static String reason(ConsumerRecord<String, byte[]> deadLetter) {
        return header(deadLetter, "herald_dlt-reason");
    }

    private String json(String text) {
        return "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(letter, text);
    }

    private void awaitEffect(UUID event) {
        await().atMost(ofSeconds(30)).until(() -> effects(event) > 0);
    }

    private long effects(UUID event) {
        Long count = jdbc.queryForObject("select count(*) from letter where event_id = ?", Long.class, event);
        return count == null ? 0 : count;
    }

    private ConsumerRecord<String, byte[]> deadLetter(String payload) {
        return await().until(
                        () -> kafka.read(DEAD_LETTERS).stream()
                                .filter(message -> new String(message.value(), UTF_8).equals(payload))
                                .toList(),
                        found -> found.size() == 1)
                .getFirst();
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static List<Header> headers(String attribute, String value) {
        return List.of(new RecordHeader("ce_" + attribute, value.getBytes(UTF_8)));
    }

    private double counted(String type, String outcome) {
        return meters.get("herald.inbox.events")
                .tags("consumer", "inbox-test", "type", type, "outcome", outcome)
                .counter()
                .count();
    }
}
