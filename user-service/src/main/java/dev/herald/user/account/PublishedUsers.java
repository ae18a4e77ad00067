package dev.herald.user.account;

import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.outbox.PublishedAggregates;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The accounts as {@code /actuator/republish} publishes them. */
@Component
class PublishedUsers implements PublishedAggregates {

    private final Users users;

    PublishedUsers(Users users) {
        this.users = users;
    }

    @Override
    public List<UserEvent> states(UUID after, int limit) {
        return users.findByIdGreaterThanOrderById(after, Limit.of(limit)).stream()
                .map(User::state)
                .toList();
    }

    @Override
    public Set<UUID> existing(Collection<UUID> ids) {
        return users.findExisting(ids);
    }

    @Override
    public DomainEvent deletion(JsonNode newest) {
        return new UserEvent.Deleted(
                UUID.fromString(newest.get("id").asString()),
                newest.get("version").asLong() + 1);
    }

    @Override
    public String deletionType() {
        return "user.deleted";
    }
}
