package dev.herald.local.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of Debezium's heartbeats, which carry nothing: with each, the slot moves although no event is written. */
final class HeartbeatTopics {

    private static final Map<String, String> SHORT = Map.of("retention.ms", "3600000");

    private HeartbeatTopics() {}

    static void create(String bootstrapServers) throws IOException, InterruptedException {
        List<NewTopic> topics = OutboxDatabase.NAMES.stream()
                .map(database -> new NewTopic("herald-outbox-heartbeat." + database, Optional.of(1), Optional.empty())
                        .configs(SHORT))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (NewTopic topic : topics) {
                create(admin, topic);
            }
        }
    }

    private static void create(Admin admin, NewTopic topic) throws IOException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("Kafka refuses the topic " + topic.name() + ": " + e.getCause(), e);
            }
        }
    }
}
