package dev.herald.platform.outbox;

import dev.herald.platform.event.DomainEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The aggregates of a service's topic. A bean of this type lets {@code /actuator/republish} bring the topic in line with the database. */
public interface PublishedAggregates {

    /**
     * The present state of the aggregates with higher ids, by id, as events that create nothing anew, such as {@code user.updated}. Runs in a
     * transaction and locks the rows, so that no later event is written before these.
     */
    List<? extends DomainEvent> states(UUID after, int limit);

    Set<UUID> existing(Collection<UUID> ids);

    /**
     * The event of an aggregate's deletion.
     *
     * @param newest the payload of the aggregate's newest event
     */
    DomainEvent deletion(JsonNode newest);

    /** The CloudEvents type of {@link #deletion}. */
    String deletionType();
}
