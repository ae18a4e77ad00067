package dev.herald.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {

    private final EventMetadata event = new EventMetadata(
            UUID.randomUUID(), "user.created", "/user-service", "42", Instant.parse("2026-01-05T09:30:00.123456Z"));

    @Test
    void readsWhatItWrites() {
        assertThat(CloudEvents.read(written())).isEqualTo(event);
    }

    @Test
    void writesTheHeadersOfTheKafkaBinding() {
        assertThat(written().toArray())
                .extracting(header -> header.key() + ": " + new String(header.value(), UTF_8))
                .containsExactly(
                        "ce_specversion: 1.0",
                        "ce_id: " + event.id(),
                        "ce_type: user.created",
                        "ce_source: /user-service",
                        "ce_subject: 42",
                        "ce_time: 2026-01-05T09:30:00.123456Z",
                        "content-type: application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "content-type"})
    void refusesAMissingAttribute(String header) {
        Headers headers = written();
        headers.remove(header);

        assertThatExceptionOfType(UnreadableEvent.class)
                .isThrownBy(() -> CloudEvents.read(headers))
                .withMessageContaining(header);
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion, 0.3", "ce_id, 17", "ce_id, 1-1-1-1-1", "ce_time, yesterday"})
    void refusesAnAttributeOfAnotherShape(String header, String value) {
        Headers headers = written();
        headers.remove(header).add(header, value.getBytes(UTF_8));

        assertThatExceptionOfType(UnreadableEvent.class).isThrownBy(() -> CloudEvents.read(headers));
    }

    private Headers written() {
        Headers headers = new RecordHeaders();
        CloudEvents.write(event, headers);
        return headers;
    }
}
