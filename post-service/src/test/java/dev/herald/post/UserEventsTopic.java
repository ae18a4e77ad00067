package dev.herald.post;

import dev.herald.platform.topic.EventTopic;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Makes the topic whose owner is not here. */
@TestConfiguration(proxyBeanMethods = false)
public class UserEventsTopic {

    public static final String NAME = "user-events";

    @Bean
    NewTopic userEventsTopic() {
        return EventTopic.of(NAME);
    }
}
