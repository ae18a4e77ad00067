package dev.herald.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;

/** The published contract of an event: its JSON Schema and its sample, in the platform's folder {@code events/}. */
public final class EventContract {

    private final String resource;

    private EventContract(String resource) {
        this.resource = resource;
    }

    /** Version 1 of the contract of an event type, such as {@code user.created}. */
    public static EventContract v1(String type) {
        return new EventContract("events/" + type + ".v1");
    }

    public String sample() {
        try (InputStream sample = new ClassPathResource(resource + ".sample.json").getInputStream()) {
            return new String(sample.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void assertAllows(String event) {
        assertThat(schema().validate(
                                event,
                                InputFormat.JSON,
                                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .isEmpty();
    }

    private Schema schema() {
        try (InputStream schema = new ClassPathResource(resource + ".schema.json").getInputStream()) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
