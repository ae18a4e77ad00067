package dev.herald.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.contract.EventCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogue of events, {@code events/README.md}, and their description for tools, {@code events/asyncapi.json}, are generated
 * from their schemas and samples. After a change this test writes them again with
 * {@code mvn test -pl platform/messaging -am -Dtest=EventCatalogueTest -Dherald.write-catalogue}.
 */
class EventCatalogueTest {

    private static final Path EVENTS = Path.of("src/main/resources/events");

    private static final String HEAD = """
            # The events

            The events that the services publish on Kafka. This page is generated from the JSON Schemas and samples beside it. Each record is a
            [CloudEvents 1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md)
            event in binary mode: the headers `ce_specversion`, `ce_id`, `ce_type`, `ce_source`, `ce_subject`, `ce_time`, `content-type`
            and, if the request had a trace, `traceparent`; the key and `ce_subject` are the aggregate's id, and so is the payload's `id`.
            An event may arrive twice, with the same `ce_id`; the events of one aggregate arrive in order. Consumers ignore unknown fields.
            A changed meaning is a new version of the schema; an added optional field is not.
            """;

    @Test
    void saysWhatTheSchemasSay() throws IOException {
        assertUpToDate("README.md", catalogue());
        assertUpToDate("asyncapi.json", AsyncApi.document());
    }

    private static void assertUpToDate(String file, String content) throws IOException {
        Path path = EVENTS.resolve(file);
        if (System.getProperty("herald.write-catalogue") != null) {
            Files.writeString(path, content);
        }

        assertThat(path).hasContent(content);
    }

    private static String catalogue() {
        StringJoiner page = new StringJoiner("\n");
        page.add(HEAD);
        new EventCatalog(JsonMapper.shared())
                .entries().stream().map(EventCatalogueTest::section).forEach(page::add);
        return page.toString();
    }

    private static String section(EventCatalog.Entry event) {
        StringJoiner section = new StringJoiner("\n");
        section.add("## " + event.type());
        section.add("");
        section.add(event.description());
        section.add("");
        section.add("| field | type | meaning |");
        section.add("| --- | --- | --- |");
        event.fields().stream()
                .map(field -> "| `%s` | %s | %s |".formatted(field.name(), field.type(), field.meaning()))
                .forEach(section::add);
        section.add("");
        section.add("[Schema](%s), and a sample:".formatted(event.schema()));
        section.add("");
        section.add("```json");
        section.add(event.sample());
        section.add("```");
        section.add("");
        return section.toString();
    }
}
