package dev.herald.platform.inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes a record as it comes from a topic, or as it came from there once, to the handler of its event. */
public interface EventReceiver {

    /** Throws what the handler throws, or that the record is no event. */
    EventOutcome receive(ConsumerRecord<String, byte[]> record);
}
