/** Events leave through the database: written with the aggregate, relayed to Kafka afterwards. */
@NullMarked
package dev.herald.platform.outbox;

import org.jspecify.annotations.NullMarked;
