package dev.herald.platform.inbox;

import dev.herald.platform.event.EventMetadata;

/** What a service does about an event. It runs in a transaction of its own, once per event. */
@FunctionalInterface
public interface EventHandler<E> {

    void handle(E event, EventMetadata metadata);
}
