package dev.herald.platform.event;

import java.util.UUID;

/**
 * Something that happened to an aggregate, told to the other services. An aggregate registers it (Spring Data's
 * {@code AbstractAggregateRoot}) and the outbox carries it out; the event's own fields are its JSON.
 */
public interface DomainEvent {

    /** The aggregate's id, by which events are keyed and ordered. */
    UUID id();

    /** The CloudEvents type: the aggregate and a past participle, {@code user.created}. */
    String type();

    /** The aggregate's kind: what stands before the dot of the type. */
    default String aggregateType() {
        return type().substring(0, type().indexOf('.'));
    }
}
