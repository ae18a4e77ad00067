package dev.herald.platform.topic;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

@AutoConfiguration(afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnBean(KafkaAdmin.class)
class TopicAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TopicCreation topicCreation(KafkaAdmin admin) {
        return new TopicCreation(admin);
    }
}
