package dev.herald.platform.inbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of a topic that a service consumes, and their handlers. A bean of this type makes the service a consumer;
 * the payload's record declares only the fields that the service reads, optional ones as {@link java.util.Optional}.
 *
 * {@snippet :
 * EventSubscription.to("user-events").on("user.created", UserCreated.class, authors::add)
 * }
 */
public final class EventSubscription {

    private final String topic;
    private final Map<String, Reaction<?>> reactions = new LinkedHashMap<>();

    /** @param onlyRecent whether to skip events that are older than the inbox's rows */
    record Reaction<E>(Class<E> payload, EventHandler<? super E> handler, boolean onlyRecent) {}

    private EventSubscription(String topic) {
        this.topic = topic;
    }

    public static EventSubscription to(String topic) {
        return new EventSubscription(topic);
    }

    /** Sets the handler of a CloudEvents type; events of other types are skipped. */
    public <E> EventSubscription on(String type, Class<E> payload, EventHandler<? super E> handler) {
        return add(type, new Reaction<>(payload, handler, false));
    }

    /**
     * Sets a handler whose effect no transaction can roll back, such as an email. Events older than the inbox's rows
     * are skipped ({@code expired}), because they may have been handled before.
     */
    public <E> EventSubscription onRecent(String type, Class<E> payload, EventHandler<? super E> handler) {
        return add(type, new Reaction<>(payload, handler, true));
    }

    private EventSubscription add(String type, Reaction<?> reaction) {
        if (reactions.putIfAbsent(type, reaction) != null) {
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
