package dev.herald.benchmarks;

import java.util.UUID;

/**
 * An event for the outbox.
 *
 * @param id of the aggregate
 * @param type of the CloudEvent, such as {@code user.created}
 * @param payload JSON
 */
record OutboxEvent(UUID id, String type, String payload) {

    String aggregateType() {
        return type.substring(0, type.indexOf('.'));
    }
}
