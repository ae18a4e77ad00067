package dev.herald.platform.event;

/** The record is not a valid event. It is not tried again, because that cannot succeed. */
public class UnreadableEvent extends RuntimeException {

    public UnreadableEvent(String reason) {
        super(reason);
    }

    public UnreadableEvent(String reason, Throwable cause) {
        super(reason, cause);
    }
}
