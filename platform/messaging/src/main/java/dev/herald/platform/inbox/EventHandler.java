package dev.herald.platform.inbox;

import dev.herald.platform.event.EventMetadata;

/** Handles an event in a transaction of its own, once per event. */
@FunctionalInterface
public interface EventHandler<E> {

    void handle(E event, EventMetadata metadata);
}
