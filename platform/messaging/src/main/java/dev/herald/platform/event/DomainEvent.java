package dev.herald.platform.event;

import java.util.UUID;

/**
 * A change of an aggregate that is published to other services. The aggregate registers it (Spring Data's {@code
 * AbstractAggregateRoot}), the outbox publishes it, and its fields are the fields of the JSON payload.
 */
public interface DomainEvent {

    /** The aggregate's id, by which events are keyed and ordered. */
    UUID id();

    /** The CloudEvents type: the aggregate and a past participle, such as {@code user.created}. */
    String type();

    /** The part of the type before the dot. */
    default String aggregateType() {
        return type().substring(0, type().indexOf('.'));
    }
}
