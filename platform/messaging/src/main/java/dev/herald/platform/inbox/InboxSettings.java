package dev.herald.platform.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param effectsSince events before this time have no effect outside the database, such as an email; set when a consumer
 *     with a new or restored database reads the topics again
 */
@ConfigurationProperties("herald.inbox")
record InboxSettings(@Nullable Instant effectsSince) {}
