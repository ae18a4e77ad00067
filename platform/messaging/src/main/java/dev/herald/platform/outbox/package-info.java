/** The transactional outbox: events are written with the aggregate, and published to Kafka afterwards. */
@NullMarked
package dev.herald.platform.outbox;

import org.jspecify.annotations.NullMarked;
