/** Events are written with the aggregate, and relayed to Kafka afterwards. */
@NullMarked
package dev.herald.platform.outbox;

import org.jspecify.annotations.NullMarked;
