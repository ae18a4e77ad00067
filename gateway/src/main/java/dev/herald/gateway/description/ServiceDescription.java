package dev.herald.gateway.description;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one service says of itself.
 *
 * @param document OpenAPI 3.1, never changed
 * @param instances that the service had when it was asked
 * @param goodUntil when it is asked again, if no instance has changed before
 */
record ServiceDescription(String service, ObjectNode document, Set<URI> instances, Instant goodUntil) {

    boolean isGood(Set<URI> instancesNow, Instant now) {
        return now.isBefore(goodUntil) && instances.equals(instancesNow);
    }
}
