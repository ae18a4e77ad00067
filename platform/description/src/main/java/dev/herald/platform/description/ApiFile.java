package dev.herald.platform.description;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The checked-in document of all services, sorted so that a change of the API is a short diff. */
final class ApiFile {

    static final Path PATH = Path.of("../gateway/src/main/resources/openapi.json");

    private static final String COMPONENTS = "#/components/";

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(INDENTER)
                    .withArrayIndenter(INDENTER)
                    .withSeparators(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator("")))
            .build();

    private ApiFile() {}

    static String read() {
        try {
            return Files.exists(PATH) ? Files.readString(PATH) : "{}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(String document) {
        try {
            Files.writeString(PATH, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces the part of one service.
     *
     * @param part the service's description, whose paths name the service as {@code x-service}
     * @return the file's new text
     */
    static String with(ObjectNode part, String service, String file) {
        ObjectNode whole = part.deepCopy();
        ObjectNode before = JSON.readValue(file, ObjectNode.class);
        before.path("paths")
                .propertyStream()
                .filter(path -> !path.getValue().path("x-service").asString("").equals(service))
                .forEach(path -> whole.withObject("/paths").putIfAbsent(path.getKey(), path.getValue()));
        before.path("components")
                .propertyStream()
                .forEach(section -> section.getValue()
                        .propertyStream()
                        .forEach(component -> whole.withObject("/components")
                                .withObject("/" + section.getKey())
                                .putIfAbsent(component.getKey(), component.getValue())));
        before.path("tags")
                .valueStream()
                .filter(tag ->
                        !names(whole.path("tags")).contains(tag.path("name").asString()))
                .toList()
                .forEach(whole.withArray("/tags")::add);
        removeUnused(whole);
        sort(whole);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n";
    }

    private static List<String> names(JsonNode tags) {
        return tags.valueStream().map(tag -> tag.path("name").asString()).toList();
    }

    private static void removeUnused(ObjectNode whole) {
        Set<String> used = new HashSet<>();
        whole.path("paths").findValuesAsString("$ref").forEach(reference -> use(reference, whole, used));
        whole.path("components").properties().stream()
                .filter(section -> !section.getKey().equals("securitySchemes"))
                .forEach(section -> ((ObjectNode) section.getValue())
                        .retain(section.getValue().propertyNames().stream()
                                .filter(name -> used.contains(COMPONENTS + section.getKey() + "/" + name))
                                .toList()));
        Set<String> tags = new HashSet<>();
        whole.path("paths").findValues("tags").forEach(names -> names.forEach(tag -> tags.add(tag.asString())));
        whole.withArray("/tags").removeIf(tag -> !tags.contains(tag.path("name").asString()));
    }

    private static void use(String reference, ObjectNode whole, Set<String> used) {
        if (used.add(reference)) {
            whole.at(reference.substring(1)).findValuesAsString("$ref").forEach(next -> use(next, whole, used));
        }
    }

    private static void sort(ObjectNode whole) {
        sortFields(whole.withObject("/paths"));
        whole.path("paths").forEach(path -> sortFields((ObjectNode) path));
        sortFields(whole.withObject("/components"));
        whole.path("components").forEach(section -> sortFields((ObjectNode) section));
        List<JsonNode> tags = whole.path("tags")
                .valueStream()
                .sorted((one, other) ->
                        one.path("name").asString().compareTo(other.path("name").asString()))
                .toList();
        whole.putArray("tags").addAll(tags);
    }

    private static void sortFields(ObjectNode node) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        node.removeAll();
        node.setAll(sorted);
    }
}
