package dev.herald.platform.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Setting the topic gives a service its outbox: table, relay and topic.
 *
 * @param topic where this service's events go
 * @param batchSize rows read, published and deleted at a time
 * @param pollInterval how often the relay looks without being woken, and a follower tries to lead
 * @param maxBackOff the longest pause between attempts while Kafka or the database is away
 */
@ConfigurationProperties("herald.outbox")
record OutboxSettings(
        String topic,
        @DefaultValue("500") int batchSize,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("5s") Duration maxBackOff) {}
