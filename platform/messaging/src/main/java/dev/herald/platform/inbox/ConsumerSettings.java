package dev.herald.platform.inbox;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param groupId the consumer group, which is the service's name */
@Validated
@ConfigurationProperties("spring.kafka.consumer")
public record ConsumerSettings(@NotBlank String groupId) {}
