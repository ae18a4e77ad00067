package dev.herald.platform.deadletter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param attempts how often a handler may fail on a record before it is dead
 * @param backOff the pause after the first failure; it doubles with each further one
 * @param maxBackOff the longest pause, also between attempts while infrastructure is away
 */
@ConfigurationProperties("herald.consumer")
record ConsumerErrorSettings(
        @DefaultValue("5") int attempts,
        @DefaultValue("200ms") Duration backOff,
        @DefaultValue("10s") Duration maxBackOff) {}
