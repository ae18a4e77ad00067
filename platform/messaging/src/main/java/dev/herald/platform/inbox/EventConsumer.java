package dev.herald.platform.inbox;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.event.UnreadableEvent;
import dev.herald.platform.inbox.EventSubscription.Reaction;
import dev.herald.platform.outage.DatabaseOutage;
import dev.herald.platform.outage.DatabaseRefusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.listener.AbstractConsumerSeekAware;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.MessageListener;

/**
 * Passes each record to the handler of its type. {@link Inbox} runs the handler and records the event's id in one
 * transaction, so that a repeated event has no effect.
 */
class EventConsumer extends AbstractConsumerSeekAware implements MessageListener<String, byte[]>, EventReceiver {

    private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);

    private final String consumer;
    private final Map<String, EventSubscription> subscriptions;
    private final Inbox inbox;
    private final InboxMemory memory;
    private final EventReader reader;
    private final InboxMetrics metrics;
    private final PartitionProgress progress;
    private final ObjectProvider<ConsumerRecordRecoverer> deadLetters;

    EventConsumer(
            String consumer,
            List<EventSubscription> subscriptions,
            Inbox inbox,
            InboxMemory memory,
            EventReader reader,
            InboxMetrics metrics,
            PartitionProgress progress,
            ObjectProvider<ConsumerRecordRecoverer> deadLetters) {
        this.consumer = consumer;
        this.subscriptions =
                subscriptions.stream().collect(Collectors.toMap(EventSubscription::topic, Function.identity()));
        this.inbox = inbox;
        this.memory = memory;
        this.reader = reader;
        this.metrics = metrics;
        this.progress = progress;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> message) {
        if (isFor(message)) {
            receiveOrPublishDeadLetter(message);
        } else if (!isTombstone(message)) {
            metrics.count(InboxMetrics.OTHER, EventOutcome.SKIPPED);
        }
    }

    /**
     * Publishes a dead letter at once if no retry can succeed. The container would do that too, but would fetch the
     * partition's records again after each failure, so that many such records would delay the others.
     */
    private void receiveOrPublishDeadLetter(ConsumerRecord<String, byte[]> message) {
        try {
            receive(message);
        } catch (RuntimeException e) {
            if (!isFinal(e) || !isPublishedAsDeadLetter(message, e)) {
                throw e;
            }
        }
    }

    private static boolean isFinal(RuntimeException failure) {
        return failure instanceof UnreadableEvent
                || (DatabaseRefusal.isFinal(failure) && !DatabaseOutage.causes(failure));
    }

    /** False if the dead letter could not be published; the container then retries for ever. */
    private boolean isPublishedAsDeadLetter(ConsumerRecord<String, byte[]> message, RuntimeException failure) {
        try {
            deadLetters.getObject().accept(message, failure);
            return true;
        } catch (RuntimeException e) {
            log.warn("{}", e.toString());
            return false;
        }
    }

    /** Whether this service handles the record: false for tombstones, and for events of a type without a subscription. */
    boolean isFor(ConsumerRecord<?, ?> message) {
        return !isTombstone(message)
                && CloudEvents.type(message.headers())
                        .map(type -> reactionTo(type, message.topic()) != null)
                        // A record without a type counts as an event, so that it becomes a dead letter.
                        .orElse(true);
    }

    private static boolean isTombstone(ConsumerRecord<?, ?> message) {
        return message.value() == null;
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> partitions) {
        super.onPartitionsRevoked(partitions);
        progress.revoked(partitions == null ? List.of() : partitions);
    }

    @Override
    public EventOutcome receive(ConsumerRecord<String, byte[]> message) {
        EventMetadata event = metadata(message);
        try {
            EventOutcome outcome = receive(event, message);
            metrics.count(event.type(), outcome);
            return outcome;
        } catch (RuntimeException e) {
            metrics.count(event.type(), EventOutcome.FAILED);
            throw e;
        } catch (StackOverflowError | LinkageError | AssertionError e) {
            // An Error would stop the consumer, and one record must not stop the others.
            metrics.count(event.type(), EventOutcome.FAILED);
            throw new IllegalStateException("The handler failed: " + e, e);
        }
    }

    private EventOutcome receive(EventMetadata event, ConsumerRecord<String, byte[]> message) {
        Reaction<?> reaction = reactionTo(event.type(), message.topic());
        if (reaction == null) {
            return EventOutcome.SKIPPED;
        }
        if (reaction.onlyRecent() && !memory.covers(event.time())) {
            return EventOutcome.EXPIRED;
        }
        return handle(reaction, message.value(), event) ? EventOutcome.PROCESSED : EventOutcome.DUPLICATE;
    }

    private @Nullable Reaction<?> reactionTo(String type, String topic) {
        EventSubscription subscription = subscriptions.get(topic);
        return subscription == null ? null : subscription.reactionTo(type);
    }

    private EventMetadata metadata(ConsumerRecord<String, byte[]> message) {
        try {
            return reader.metadata(message);
        } catch (UnreadableEvent e) {
            metrics.count(InboxMetrics.OTHER, EventOutcome.FAILED);
            throw e;
        }
    }

    private <E> boolean handle(Reaction<E> reaction, byte[] payload, EventMetadata event) {
        E content = reader.payload(payload, reaction.payload(), event);
        return inbox.once(consumer, event.id(), () -> reaction.handler().handle(content, event));
    }
}
