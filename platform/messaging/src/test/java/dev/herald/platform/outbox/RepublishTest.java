package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"herald.outbox.topic=" + RepublishTest.TOPIC, "herald.outbox.poll-interval=200ms"})
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("local")
class RepublishTest {

    static final String TOPIC = "restored-events";

    /** What the restored database has: the version of each thing. */
    private static final NavigableMap<UUID, Long> DATABASE = new TreeMap<>();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ThingService {

        @Bean
        PublishedAggregates things() {
            return new Things();
        }
    }

    private record ThingEvent(UUID id, String type, long version) implements DomainEvent {}

    private static final class Things implements PublishedAggregates {

        @Override
        public List<ThingEvent> states(UUID after, int limit) {
            return DATABASE.tailMap(after, false).entrySet().stream()
                    .limit(limit)
                    .map(thing -> new ThingEvent(thing.getKey(), "thing.updated", thing.getValue()))
                    .toList();
        }

        @Override
        public Set<UUID> existing(Collection<UUID> ids) {
            return ids.stream().filter(DATABASE::containsKey).collect(Collectors.toSet());
        }

        @Override
        public DomainEvent deletion(JsonNode newest) {
            return new ThingEvent(
                    UUID.fromString(newest.get("id").asString()),
                    deletionType(),
                    newest.get("version").asLong() + 1);
        }

        @Override
        public String deletionType() {
            return "thing.deleted";
        }
    }

    @Autowired
    private RepublishEndpoint endpoint;

    private final KafkaWire kafka = new KafkaWire();
    private final UUID kept = new UUID(1, 1);
    private final UUID lost = new UUID(1, 2);
    private final UUID deleted = new UUID(1, 3);
    private final UUID deletedAfterTheBackup = new UUID(1, 4);
    private final UUID neverPublished = new UUID(1, 5);

    @BeforeEach
    void aTopicThatIsNewerThanTheDatabase() {
        DATABASE.clear();
        DATABASE.put(kept, 1_000_001L);
        DATABASE.put(deletedAfterTheBackup, 1_000_000L);
        DATABASE.put(neverPublished, 1_000_000L);
    }

    @Test
    void bringsTheTopicInLineWithTheDatabase() {
        publish(kept, "thing.made", 0);
        publish(kept, "thing.updated", 7);
        publish(lost, "thing.made", 0);
        publish(lost, "thing.updated", 1);
        publish(deleted, "thing.made", 0);
        publish(deleted, "thing.deleted", 1);
        publish(deletedAfterTheBackup, "thing.deleted", 3);
        kafka.send(new ProducerRecord<>(TOPIC, "no event", new byte[0]));

        RepublishEndpoint.Republished republished = endpoint.republish();

        assertThat(republished)
                .isEqualTo(new RepublishEndpoint.Republished(3, List.of(lost), List.of(deletedAfterTheBackup)));
        await().untilAsserted(() -> {
            assertThat(newest(kept)).isEqualTo("thing.updated 1000001");
            assertThat(newest(lost)).isEqualTo("thing.deleted 2");
            assertThat(newest(deleted)).isEqualTo("thing.deleted 1");
            assertThat(newest(deletedAfterTheBackup)).isEqualTo("thing.updated 1000000");
            assertThat(newest(neverPublished)).isEqualTo("thing.updated 1000000");
        });
    }

    @Test
    void listsTheChangesSinceAMoment() {
        Instant moment = Instant.now();
        publish(lost, "thing.made", 0);
        publish(kept, "thing.updated", 7);

        assertThat(endpoint.changes(moment.atOffset(ZoneOffset.UTC)).changes())
                .extracting(EventMetadata::type)
                .containsExactly("thing.made", "thing.updated");
        assertThat(endpoint.changes(Instant.now().atOffset(ZoneOffset.UTC)).changes())
                .isEmpty();
    }

    private void publish(UUID thing, String type, long version) {
        kafka.send(TOPIC, type, thing, "{\"id\": \"%s\", \"version\": %d}".formatted(thing, version));
    }

    private String newest(UUID thing) {
        return kafka.read(TOPIC).stream()
                .filter(message -> thing.toString().equals(message.key()))
                .reduce((older, newer) -> newer)
                .map(message -> CloudEvents.read(message.headers()).type() + " "
                        + new String(message.value(), UTF_8).replaceAll(".*\"version\": ?(\\d+).*", "$1"))
                .orElse("none");
    }
}
