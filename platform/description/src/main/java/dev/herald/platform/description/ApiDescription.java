package dev.herald.platform.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI description: that of a service, or the checked-in file. */
public final class ApiDescription {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The document with its references resolved, except those to schemas. */
    private final JsonNode document;

    private ApiDescription(JsonNode document) {
        this.document = document;
    }

    /** The description that the controllers of a service give. */
    public static ApiDescription of(ApplicationContext service) {
        return of(ServiceDescription.of(service).toString());
    }

    public static ApiDescription of(String json) {
        JsonNode document = JSON.readTree(json);
        return new ApiDescription(resolved(document, document));
    }

    private static JsonNode resolved(JsonNode node, JsonNode document) {
        String reference = node.path("$ref").asString("#/components/schemas/");
        if (!reference.startsWith("#/components/schemas/")) {
            return resolved(document.at(reference.substring(1)), document);
        }
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.forEachEntry((name, value) -> copy.set(name, resolved(value, document)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                array.forEach(value -> copy.add(resolved(value, document)));
                yield copy;
            }
            default -> node;
        };
    }

    /** @param key the method and the path, such as {@code GET /api/users} */
    record Operation(String key, JsonNode node) {

        List<Map.Entry<String, JsonNode>> responses() {
            return List.copyOf(node.path("responses").properties());
        }

        Set<String> codes() {
            Set<String> codes = new TreeSet<>();
            responses()
                    .forEach(response -> codes.addAll(response.getValue()
                            .at("/content/application~1problem+json/examples")
                            .propertyNames()));
            return codes;
        }
    }

    public List<String> operations() {
        return all().stream().map(Operation::key).toList();
    }

    /** @param operation such as {@code GET /api/users} */
    public Set<String> codes(String operation) {
        return the(operation).codes();
    }

    /** @param operation such as {@code GET /api/users} */
    public JsonNode operation(String operation) {
        return the(operation).node();
    }

    /** @param operation such as {@code GET /api/users} */
    public List<String> queryParameters(String operation) {
        return the(operation)
                .node()
                .path("parameters")
                .valueStream()
                .filter(parameter -> text(parameter.path("in")).equals("query"))
                .map(parameter -> text(parameter.path("name")))
                .toList();
    }

    public JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    /**
     * Asserts that every part is described, and that every example is valid for its schema.
     *
     * @param open the operations that need no token
     */
    public void assertComplete(String... open) {
        new Completeness(document, all()).check(open);
    }

    /**
     * Asserts that the checked-in file matches the controllers of the service. With {@code -Dherald.description=write}
     * it writes the file instead.
     */
    public static void assertCheckedIn(ApplicationContext service) {
        String name = service.getEnvironment().getRequiredProperty("spring.application.name");
        String present = ApiFile.read();
        String expected = ApiFile.with(ServiceDescription.of(service), name, present);
        if ("write".equals(System.getProperty("herald.description"))) {
            ApiFile.write(expected);
        } else {
            assertThat(firstDifference(present, expected))
                    .as("The API description is stale. Write it anew: "
                            + "mvn test -Dgroups=description -Dherald.description=write. "
                            + "(If it is stale again afterwards, two services define one name differently.)")
                    .isEmpty();
        }
    }

    private static String firstDifference(String present, String expected) {
        List<String> lines = present.lines().toList();
        List<String> others = expected.lines().toList();
        return IntStream.range(0, Math.max(lines.size(), others.size()))
                .filter(i ->
                        i >= lines.size() || i >= others.size() || !lines.get(i).equals(others.get(i)))
                .mapToObj(i ->
                        "%s, line %d: %s".formatted(ApiFile.PATH, i + 1, i < others.size() ? others.get(i) : "the end"))
                .findFirst()
                .orElse("");
    }

    private Operation the(String key) {
        return all().stream()
                .filter(operation -> operation.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " among " + operations()));
    }

    private List<Operation> all() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> new Operation(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue())))
                .toList();
    }

    static String text(JsonNode node) {
        return node.asString("");
    }
}
