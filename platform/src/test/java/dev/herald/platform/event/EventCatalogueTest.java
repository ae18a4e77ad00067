package dev.herald.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogue of events, {@code events/README.md}, is made from their schemas and samples. After a change of those this test
 * writes it anew with {@code mvn test -pl platform -Dtest=EventCatalogueTest -Dherald.write-catalogue}.
 */
class EventCatalogueTest {

    private static final Path EVENTS = Path.of("src/main/resources/events");

    private static final String HEAD = """
            # The events

            What the services tell each other on Kafka, made from the JSON Schemas and samples beside this page. Each record is a
            [CloudEvents 1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md)
            event in binary mode: the headers `ce_specversion`, `ce_id`, `ce_type`, `ce_source`, `ce_subject`, `ce_time`, `content-type`
            and, if the request had a trace, `traceparent`; the key and `ce_subject` are the aggregate's id, and so is the payload's `id`.
            An event may come twice, with the same `ce_id`; those of one aggregate come in order. Consumers ignore fields that they do not
            know. A changed meaning is a new version of the schema, an added optional field is not.
            """;

    @Test
    void saysWhatTheSchemasSay() throws IOException {
        String catalogue = catalogue();
        Path page = EVENTS.resolve("README.md");
        if (System.getProperty("herald.write-catalogue") != null) {
            Files.writeString(page, catalogue);
        }

        assertThat(page).hasContent(catalogue);
    }

    @Test
    void hasASampleForEverySchema() throws IOException {
        assertThat(schemas())
                .isNotEmpty()
                .allSatisfy(schema -> assertThat(sampleOf(schema)).exists());
    }

    private static String catalogue() throws IOException {
        StringJoiner page = new StringJoiner("\n");
        page.add(HEAD);
        for (Path schema : schemas()) {
            page.add(section(JsonMapper.shared().readTree(Files.readString(schema)), schema));
        }
        return page.toString();
    }

    private static String section(JsonNode schema, Path file) throws IOException {
        StringJoiner section = new StringJoiner("\n");
        section.add("## " + schema.get("title").asString());
        section.add("");
        section.add(schema.get("description").asString());
        section.add("");
        section.add("| field | type | meaning |");
        section.add("| --- | --- | --- |");
        fields("", schema, section);
        section.add("");
        section.add("[Schema](%s), and a sample:".formatted(file.getFileName()));
        section.add("");
        section.add("```json");
        section.add(Files.readString(sampleOf(file)).strip());
        section.add("```");
        section.add("");
        return section.toString();
    }

    private static void fields(String prefix, JsonNode object, StringJoiner section) {
        List<String> required = StreamSupport.stream(object.get("required").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
        for (Map.Entry<String, JsonNode> property : object.get("properties").properties()) {
            JsonNode field = property.getValue();
            String name = prefix + property.getKey();
            section.add("| `%s` | %s%s | %s |"
                    .formatted(
                            name,
                            type(field),
                            required.contains(property.getKey()) ? "" : ", optional",
                            field.path("description").asString("")));
            if (field.path("items").has("properties")) {
                fields(name + "[].", field.get("items"), section);
            }
        }
    }

    private static String type(JsonNode field) {
        String type = field.path("format").asString(field.get("type").asString());
        for (Map.Entry<String, String> unit :
                Map.of("Length", " characters", "Items", " items").entrySet()) {
            JsonNode most = field.path("max" + unit.getKey());
            if (most.isNumber()) {
                return "%s, %d to %d%s"
                        .formatted(type, field.path("min" + unit.getKey()).asInt(0), most.asInt(), unit.getValue());
            }
        }
        return type;
    }

    private static List<Path> schemas() throws IOException {
        try (var files = Files.list(EVENTS)) {
            return files.filter(file -> file.toString().endsWith(".schema.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Path sampleOf(Path schema) {
        return schema.resolveSibling(schema.getFileName().toString().replace(".schema.", ".sample."));
    }
}
