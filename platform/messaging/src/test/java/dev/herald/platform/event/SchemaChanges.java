package dev.herald.platform.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The changes of an event's schema that break its consumers or producers. */
class SchemaChanges {

    private final List<String> breaking = new ArrayList<>();

    private SchemaChanges() {}

    /**
     * @return a line for each field that was removed, has another type or format, lost a value of its enum, is newly required or no
     *     longer required, such as {@code posts[].title: removed}
     */
    static List<String> breaking(JsonNode before, JsonNode after) {
        SchemaChanges changes = new SchemaChanges();
        changes.compare("", before, after);
        return List.copyOf(changes.breaking);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        List.of("type", "format").forEach(rule -> {
            if (!Objects.equals(before.get(rule), after.get(rule))) {
                breaking.add("%s: %s".formatted(path, rule));
            }
        });
        missing(before.path("enum"), after.path("enum"))
                .forEach(value -> breaking.add("%s: without %s".formatted(path, value)));
        if (after.has("items")) {
            compare(path + "[]", before.path("items"), after.get("items"));
        }
        compareFields(path.isEmpty() ? "" : path + ".", before, after);
    }

    private void compareFields(String prefix, JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> field : before.path("properties").properties()) {
            JsonNode now = after.path("properties").get(field.getKey());
            if (now == null) {
                breaking.add(prefix + field.getKey() + ": removed");
            } else {
                compare(prefix + field.getKey(), field.getValue(), now);
            }
        }
        missing(after.path("required"), before.path("required"))
                .forEach(name -> breaking.add(prefix + name.asString() + ": newly required"));
        missing(before.path("required"), after.path("required"))
                .forEach(name -> breaking.add(prefix + name.asString() + ": no longer required"));
    }

    private static List<JsonNode> missing(JsonNode expected, JsonNode present) {
        return expected.valueStream()
                .filter(value -> present.valueStream().noneMatch(value::equals))
                .toList();
    }
}
