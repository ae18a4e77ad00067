package dev.herald.platform.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of all services, read from the JSON Schemas and samples in {@code events/}. */
public final class EventCatalog {

    private final List<Entry> entries;

    /**
     * @param schema the file name of the JSON Schema
     * @param sample an example of the payload, in JSON
     */
    public record Entry(String type, String description, String schema, List<Field> fields, String sample) {}

    /**
     * @param name the path in the payload, such as {@code posts[].title}
     * @param type the JSON type or format with its bounds, such as {@code string, 1 to 100 characters}
     * @param meaning the schema's description of the field; may be empty
     */
    public record Field(String name, String type, String meaning) {}

    public EventCatalog(JsonMapper json) {
        try {
            this.entries = Arrays.stream(
                            new PathMatchingResourcePatternResolver().getResources("classpath:events/*.schema.json"))
                    .sorted(Comparator.comparing(EventCatalog::name))
                    .map(schema -> entry(schema, json))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Entry> entries() {
        return entries;
    }

    private static Entry entry(Resource resource, JsonMapper json) {
        try {
            JsonNode schema = json.readTree(resource.getContentAsString(UTF_8));
            Resource sample = resource.createRelative(name(resource).replace(".schema.", ".sample."));
            List<Field> fields = new ArrayList<>();
            addFields("", schema, fields);
            return new Entry(
                    schema.get("title").asString(),
                    schema.get("description").asString(),
                    name(resource),
                    List.copyOf(fields),
                    sample.getContentAsString(UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Resource resource) {
        return Objects.requireNonNull(resource.getFilename());
    }

    private static void addFields(String prefix, JsonNode object, List<Field> fields) {
        List<String> required =
                object.get("required").valueStream().map(JsonNode::asString).toList();
        for (Map.Entry<String, JsonNode> property : object.get("properties").properties()) {
            JsonNode field = property.getValue();
            String name = prefix + property.getKey();
            String optional = required.contains(property.getKey()) ? "" : ", optional";
            fields.add(new Field(
                    name, type(field) + optional, field.path("description").asString("")));
            if (field.path("items").has("properties")) {
                addFields(name + "[].", field.get("items"), fields);
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
}
