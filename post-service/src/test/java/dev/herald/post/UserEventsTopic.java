package dev.herald.post;

import dev.herald.platform.topic.EventTopic;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Creates the topic of user-service, which does not run in this test. */
@TestConfiguration(proxyBeanMethods = false)
public class UserEventsTopic {

    public static final String NAME = "user-events";

    @Bean
    NewTopic userEventsTopic() {
        return EventTopic.of(NAME);
    }
}
