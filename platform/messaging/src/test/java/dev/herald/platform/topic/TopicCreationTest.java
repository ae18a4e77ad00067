package dev.herald.platform.topic;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.inbox.EventSubscription;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionOperations;

/** A service that owns a topic and also consumes it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "herald.outbox.topic=" + TopicCreationTest.TOPIC,
            "spring.kafka.consumer.group-id=topic-creation-test"
        })
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("local")
class TopicCreationTest {

    static final String TOPIC = "note-events";
    private static final String DEAD_LETTERS = "note-events.topic-creation-test.dlt";

    private record NoteWritten(UUID id) implements DomainEvent {

        @Override
        public String type() {
            return "note.written";
        }
    }

    private record Note(UUID id) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NoteService {

        private final Set<UUID> handled = ConcurrentHashMap.newKeySet();

        @Bean
        EventSubscription noteEvents() {
            return EventSubscription.to(TOPIC).on("note.written", Note.class, (note, event) -> handled.add(note.id()));
        }
    }

    @Autowired
    private NoteService service;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionOperations transactions;

    private final KafkaWire kafka = new KafkaWire();

    @Test
    void makesADeletedTopicAgainAsItWasAndPublishesWhatWaits() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealServers.kafka()))) {
            await().until(() -> kafka.topics().containsAll(List.of(TOPIC, DEAD_LETTERS)));
            awaitHandled(write(20));
            Map<ConfigResource, Config> before = settings(admin);

            admin.deleteTopics(List.of(TOPIC, DEAD_LETTERS)).all().get();
            List<UUID> waiting = write(40);

            await().atMost(ofSeconds(30)).until(() -> kafka.topics().containsAll(List.of(TOPIC, DEAD_LETTERS)));
            awaitHandled(waiting);
            assertThat(settings(admin)).isEqualTo(before);
            assertThat(admin.describeTopics(List.of(TOPIC, DEAD_LETTERS))
                            .allTopicNames()
                            .get()
                            .values())
                    .extracting(
                            TopicDescription::name, topic -> topic.partitions().size())
                    .containsExactlyInAnyOrder(tuple(TOPIC, 6), tuple(DEAD_LETTERS, 1));
        }
    }

    private List<UUID> write(int notes) {
        List<UUID> ids =
                IntStream.range(0, notes).mapToObj(i -> UUID.randomUUID()).toList();
        transactions.executeWithoutResult(transaction -> ids.forEach(id -> events.publishEvent(new NoteWritten(id))));
        return ids;
    }

    private void awaitHandled(List<UUID> notes) {
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(service.handled).containsAll(notes));
    }

    private static Map<ConfigResource, Config> settings(Admin admin) throws Exception {
        return admin.describeConfigs(List.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, TOPIC),
                        new ConfigResource(ConfigResource.Type.TOPIC, DEAD_LETTERS)))
                .all()
                .get();
    }
}
