/** Kafka topics, made by the service that owns them. */
@NullMarked
package dev.herald.platform.topic;

import org.jspecify.annotations.NullMarked;
