package dev.herald.platform.topic;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.kafka.core.KafkaAdmin;

@AutoConfiguration(
        afterName = {
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "dev.herald.platform.outbox.OutboxAutoConfiguration",
            "dev.herald.platform.deadletter.DeadLetterAutoConfiguration"
        })
@ConditionalOnBean(KafkaAdmin.class)
class TopicAutoConfiguration {

    @Bean
    @Conditional(AnyTopic.class)
    TopicCreation topicCreation(KafkaAdmin admin) {
        return new TopicCreation(admin);
    }

    static class AnyTopic extends AnyNestedCondition {

        AnyTopic() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBean(NewTopic.class)
        static class One {}

        @ConditionalOnBean(KafkaAdmin.NewTopics.class)
        static class Several {}
    }
}
