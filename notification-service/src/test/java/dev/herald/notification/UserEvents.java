package dev.herald.notification;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.topic.EventTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes the place of user-service: creates its topic and publishes events of users. */
@TestConfiguration(proxyBeanMethods = false)
public class UserEvents {

    private static final String TOPIC = "user-events";
    private static final String DEAD_LETTERS = TOPIC + ".notification-service.dlt";
    private static final String EMAIL_REQUESTS = "user-email-requests";

    private final JdbcTemplate jdbc;
    private final KafkaWire kafka = new KafkaWire();

    public UserEvents(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Bean
    public NewTopic userEventsTopic() {
        return EventTopic.of(TOPIC);
    }

    @Bean
    public NewTopic emailRequestsTopic() {
        return EventTopic.expiring(EMAIL_REQUESTS, Duration.ofDays(2));
    }

    /** Requests an email to the user's {@link #address}. */
    public UUID request(ObjectNode request) {
        EventMetadata event =
                event("user.email-requested", UUID.fromString(request.get("id").asString()), Instant.now());
        sendRequest(event, request.toString());
        return event.id();
    }

    public void sendRequest(EventMetadata event, String payload) {
        String deadLetters = EMAIL_REQUESTS + ".notification-service.dlt";
        await().atMost(ofSeconds(30)).until(() -> kafka.topics().containsAll(List.of(EMAIL_REQUESTS, deadLetters)));
        kafka.send(
                EMAIL_REQUESTS,
                new KafkaWire.Event(event.id(), event.type(), event.source(), event.subject(), event.time()),
                payload);
    }

    public List<ConsumerRecord<String, byte[]>> deadRequests(UUID id) {
        return kafka.read(EMAIL_REQUESTS + ".notification-service.dlt").stream()
                .filter(message ->
                        id.toString().equals(CloudEvents.read(message.headers()).subject()))
                .toList();
    }

    /** Publishes an event with a new id, and returns the id. The user's address is {@link #address}. */
    public UUID announce(String type, UUID user, String name) {
        return send(type, user, json(user, name));
    }

    public UUID send(String type, UUID user, String payload) {
        EventMetadata event = event(type, user, Instant.now());
        send(event, payload);
        return event.id();
    }

    public void send(EventMetadata event, String payload) {
        await().atMost(ofSeconds(30)).until(() -> kafka.topics().containsAll(List.of(TOPIC, DEAD_LETTERS)));
        kafka.send(
                TOPIC,
                new KafkaWire.Event(event.id(), event.type(), event.source(), event.subject(), event.time()),
                payload);
    }

    public static EventMetadata event(String type, UUID user, Instant time) {
        return new EventMetadata(UUID.randomUUID(), type, "/user-service", user.toString(), time);
    }

    public static String address(UUID user) {
        return "ada-" + user + "@example.com";
    }

    public static String json(UUID user, String name) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "id", user, "name", name, "email", address(user), "createdAt", Instant.now(), "version", 0));
    }

    public void awaitHandled(Stream<UUID> events) {
        UUID[] ids = events.toArray(UUID[]::new);
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.queryForObject(
                                "select count(*) from processed_event where event_id = any (?)", Integer.class, (Object)
                                        ids))
                        .isEqualTo(ids.length));
    }

    public void awaitHandled(UUID... events) {
        awaitHandled(Stream.of(events));
    }

    public void awaitDead(List<UUID> events) {
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(kafka.read(DEAD_LETTERS))
                        .extracting(
                                message -> CloudEvents.read(message.headers()).id())
                        .containsAll(events));
    }
}
