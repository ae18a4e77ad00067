package dev.herald.platform.outbox;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import dev.herald.platform.topic.EventTopic;

/** Refuses a change whose event Debezium could not publish. */
class EventTooLarge extends ProblemException {

    EventTooLarge(int bytes) {
        super(
                ProblemCode.CONTENT_TOO_LARGE,
                "The event would have %d bytes, and at most %d are allowed."
                        .formatted(bytes, EventTopic.MAX_MESSAGE_BYTES));
    }
}
