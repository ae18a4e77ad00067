package dev.herald.platform.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class EventTopicTest {

    @Test
    void isReplicatedAsTheSettingsSay() {
        TopicSettings settings = new TopicSettings((short) 3, 2);

        assertIsReplicated(EventTopic.of("events", settings));
        assertIsReplicated(EventTopic.deadLetters("events", "service", settings));
    }

    private static void assertIsReplicated(NewTopic topic) {
        assertThat(topic.replicationFactor()).isEqualTo((short) 3);
        assertThat(topic.configs()).containsEntry(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }

    @Test
    void isReplicatedAsTheBrokerSaysWithoutSettings() {
        NewTopic topic = EventTopic.of("events");

        assertThat(topic.replicationFactor()).isEqualTo((short) -1);
        assertThat(topic.configs()).doesNotContainKey(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    }
}
