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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "herald.consumer.attempts=3",
            "herald.consumer.back-off=10ms",
            "spring.kafka.consumer.group-id=inbox-test"
        })
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("local")
class InboxTest {

    private static final String TOPIC = "letter-events";
    private static final String DEAD_LETTERS = "letter-events.inbox-test.dlt";

    private record LetterSent(UUID id, String text) {}

    /** The handler's effect is a row; how it fails is what a test has written on the letter. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class LetterService {

        private final ConcurrentMap<UUID, AtomicInteger> attempts = new ConcurrentHashMap<>();

        @Bean
        NewTopic letters() {
            return EventTopic.of(TOPIC);
        }

        @Bean
        EventSubscription letterEvents(JdbcTemplate jdbc) {
            return EventSubscription.to(TOPIC).on("letter.sent", LetterSent.class, (letter, event) -> {
                jdbc.update("insert into letter (event_id, text) values (?, ?)", event.id(), letter.text());
                int attempt = attempts.computeIfAbsent(event.id(), id -> new AtomicInteger())
                        .incrementAndGet();
                if (letter.text().equals("fails always") || (letter.text().equals("fails twice") && attempt < 3)) {
                    throw new IllegalStateException("attempt " + attempt);
                }
                if (letter.text().equals("database away") && attempt < 7) {
                    throw new TransientDataAccessResourceException("attempt " + attempt);
                }
            });
        }
    }

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

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
        EventMetadata event =
                new EventMetadata(UUID.randomUUID(), "letter.sent", "/test", letter.toString(), Instant.now());
        for (int i = 0; i < 3; i++) {
            kafka.send(TOPIC, event, json("hello"));
        }

        await().untilAsserted(
                        () -> assertThat(counted("letter.sent", "duplicate")).isEqualTo(duplicates + 2));
        assertThat(effects(event.id())).isEqualTo(1);
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
        assertThat(header(deadLetter, "kafka_dlt-exception-message")).contains("attempt 3");
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
        assertThat(header(deadLetter("no headers"), "kafka_dlt-exception-message"))
                .contains("ce_specversion");
        deadLetter("no json");
        deadLetter("{\"id\": \"" + letter + "\"}");
    }

    @Test
    void waitsForTheDatabaseWithoutCountingAttempts() {
        UUID event = kafka.send(TOPIC, "letter.sent", letter, json("database away"));

        awaitEffect(event);
        assertThat(kafka.read(DEAD_LETTERS))
                .noneMatch(message -> header(message, "ce_id").equals(event.toString()));
    }

    @Test
    void skipsTypesThatItDoesNotKnowAndTombstones() {
        double skipped = counted("other", "skipped");
        kafka.send(TOPIC, "letter.burnt", letter, "{}");
        kafka.send(new ProducerRecord<>(TOPIC, letter.toString(), null));
        UUID next =
                kafka.send(TOPIC, "letter.sent", letter, "{\"id\":\"%s\",\"text\":\"x\",\"more\":1}".formatted(letter));

        awaitEffect(next);
        assertThat(counted("other", "skipped")).isEqualTo(skipped + 1);
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

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private double counted(String type, String outcome) {
        return meters.get("herald.inbox.events")
                .tags("consumer", "inbox-test", "type", type, "outcome", outcome)
                .counter()
                .count();
    }
}
