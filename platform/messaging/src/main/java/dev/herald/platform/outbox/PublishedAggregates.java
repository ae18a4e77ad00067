package dev.herald.platform.outbox;

import dev.herald.platform.event.DomainEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The aggregates whose events are on a service's topic. A bean of this type gives the service {@code /actuator/republish}. */
public interface PublishedAggregates {

    /**
     * The present states of aggregates with ids above {@code after}, in the order of ids, as events such as {@code
     * user.updated} (not {@code user.created}). Runs in a transaction and locks the rows, so that no later event of
     * these aggregates is written before these events.
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
