package dev.herald.platform.revocation;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The subscription to the channel that announces new entries of {@link RevocationLog}. Is used by one thread. */
final class RevocationSubscription implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RevocationSubscription.class);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final ObjectProvider<LettuceConnectionFactory> redis;
    private final Clock clock;
    private final Runnable onMessage;
    private @Nullable StatefulRedisPubSubConnection<String, String> connection;
    private Instant nextAttempt = Instant.MIN;

    RevocationSubscription(ObjectProvider<LettuceConnectionFactory> redis, Clock clock, Runnable onMessage) {
        this.redis = redis;
        this.clock = clock;
        this.onMessage = onMessage;
    }

    /** Subscribes, unless that has succeeded before or failed a short time ago. Lettuce subscribes again after each reconnect. */
    void openIfDue() {
        LettuceConnectionFactory connections = redis.getIfAvailable();
        if (connection != null
                || clock.instant().isBefore(nextAttempt)
                || connections == null
                || !(connections.getRequiredNativeClient() instanceof RedisClient client)) {
            return;
        }
        try {
            connection = open(client);
        } catch (RuntimeException e) {
            nextAttempt = clock.instant().plus(PAUSE_AFTER_FAILURE);
            log.debug("The channel {} cannot be subscribed to; its stream is polled", RevocationLog.KEY, e);
        }
    }

    private StatefulRedisPubSubConnection<String, String> open(RedisClient client) {
        StatefulRedisPubSubConnection<String, String> opened = client.connectPubSub();
        try {
            opened.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    onMessage.run();
                }
            });
            opened.sync().subscribe(RevocationLog.KEY);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
