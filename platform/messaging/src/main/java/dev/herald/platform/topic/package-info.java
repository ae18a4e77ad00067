/** Kafka topics, which the service that owns them creates. */
@NullMarked
package dev.herald.platform.topic;

import org.jspecify.annotations.NullMarked;
