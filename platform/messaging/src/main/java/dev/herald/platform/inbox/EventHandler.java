package dev.herald.platform.inbox;

import dev.herald.platform.event.EventMetadata;

/** Handles an event. Each event is handled once, in a transaction of its own. */
@FunctionalInterface
public interface EventHandler<E> {

    void handle(E event, EventMetadata metadata);
}
