package dev.herald.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.id.CanonicalUuid;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** CloudEvents 1.0 attributes as Kafka headers (Kafka protocol binding, binary content mode). */
public final class CloudEvents {

    private static final String PREFIX = "ce_";

    private CloudEvents() {}

    public static void write(EventMetadata event, Headers headers) {
        put(headers, PREFIX + "specversion", "1.0");
        put(headers, PREFIX + "id", event.id().toString());
        put(headers, PREFIX + "type", event.type());
        put(headers, PREFIX + "source", event.source());
        put(headers, PREFIX + "subject", event.subject());
        put(headers, PREFIX + "time", event.time().toString());
        put(headers, "content-type", "application/json");
    }

    /** @throws UnreadableEvent if an attribute is missing, repeated or of another form than in {@link EventMetadata} */
    public static EventMetadata read(Headers headers) {
        if (!attribute(headers, "specversion").equals("1.0")) {
            throw new UnreadableEvent("ce_specversion is not 1.0");
        }
        if (!header(headers, "content-type").startsWith("application/json")) {
            throw new UnreadableEvent("content-type is not application/json");
        }
        try {
            return new EventMetadata(
                    CanonicalUuid.parse(attribute(headers, "id")),
                    attribute(headers, "type"),
                    attribute(headers, "source"),
                    attribute(headers, "subject"),
                    Instant.parse(attribute(headers, "time")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEvent("ce_id or ce_time cannot be read", e);
        }
    }

    /** The event's type; empty unless there is exactly one {@code ce_type}. */
    public static Optional<String> type(Headers headers) {
        try {
            return Optional.of(attribute(headers, "type"));
        } catch (UnreadableEvent e) {
            return Optional.empty();
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String attribute(Headers headers, String name) {
        return header(headers, PREFIX + name);
    }

    private static String header(Headers headers, String name) {
        Iterator<Header> found = headers.headers(name).iterator();
        byte[] value = found.hasNext() ? found.next().value() : null;
        if (value == null) {
            throw new UnreadableEvent("the header " + name + " is missing");
        }
        if (found.hasNext()) {
            throw new UnreadableEvent("the header " + name + " is repeated");
        }
        return new String(value, UTF_8);
    }
}
