/** Events between services: CloudEvents 1.0 in Kafka's binary mode. */
@NullMarked
package dev.herald.platform.event;

import org.jspecify.annotations.NullMarked;
