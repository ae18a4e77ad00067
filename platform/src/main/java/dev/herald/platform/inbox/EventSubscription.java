package dev.herald.platform.inbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a topic a service hears, and who handles them. A bean of this type makes the service a consumer;
 * a record declares only the fields that it reads, optional ones as {@link java.util.Optional}.
 *
 * {@snippet :
 * EventSubscription.to("user-events").on("user.created", UserCreated.class, authors::add)
 * }
 */
public final class EventSubscription {

    private final String topic;
    private final Map<String, Reaction<?>> reactions = new LinkedHashMap<>();

    record Reaction<E>(Class<E> payload, EventHandler<? super E> handler) {}

    private EventSubscription(String topic) {
        this.topic = topic;
    }

    public static EventSubscription to(String topic) {
        return new EventSubscription(topic);
    }

    /** Names the handler of a CloudEvents type; events of types that nobody names are skipped. */
    public <E> EventSubscription on(String type, Class<E> payload, EventHandler<? super E> handler) {
        if (reactions.putIfAbsent(type, new Reaction<>(payload, handler)) != null) {
            throw new IllegalArgumentException(type + " is handled already");
        }
        return this;
    }

    public String topic() {
        return topic;
    }

    Set<String> types() {
        return reactions.keySet();
    }

    @Nullable
    Reaction<?> reactionTo(String type) {
        return reactions.get(type);
    }
}
