package dev.herald.platform.deadletter;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param attempts how often a handler is called before its record becomes a dead letter
 * @param backOff the pause after the first failure; each further pause is twice as long
 * @param maxBackOff the longest pause, also between retries while infrastructure is unavailable
 */
@Validated
@ConfigurationProperties("herald.consumer")
record ConsumerErrorSettings(
        @DefaultValue("5") @Min(1) int attempts,
        @DefaultValue("200ms") Duration backOff,
        @DefaultValue("10s") Duration maxBackOff) {}
