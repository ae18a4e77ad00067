package dev.herald.platform.inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes a record, from a topic or from a dead letter, to the handler of its event. */
public interface EventReceiver {

    /** Throws the handler's exception, or {@code UnreadableEvent}. */
    EventOutcome receive(ConsumerRecord<String, byte[]> record);
}
