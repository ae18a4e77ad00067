package dev.herald.local.fuzz;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API description: its operations, and the schemas of their responses. */
public class ApiDocument {

    private static final String ID = "https://herald.example/openapi.json";
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;
    private final List<Operation> operations;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    public ApiDocument(String json) {
        this.document = JsonMapper.shared().readTree(json);
        this.operations = document.get("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue())))
                .toList();
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ID, json)));
    }

    public List<Operation> operations() {
        return operations;
    }

    /** Finds the operation of a path without a query; empty for a path with escapes. */
    Optional<Operation> operation(String method, String path) {
        // A fixed part of a path takes precedence over a variable.
        return operations.stream()
                .filter(operation -> operation.method().equals(method) && operation.matches(path))
                .min((one, other) ->
                        Boolean.compare(one.path().contains("{"), other.path().contains("{")));
    }

    /**
     * An operation of the description.
     *
     * @param path with its variables in braces
     */
    public record Operation(String method, String path, JsonNode description) {

        boolean matches(String actual) {
            String versionless = actual.replaceFirst("^/api/v1/", "/api/");
            return Pattern.matches(path.replaceAll("\\{[^}]*}", "[A-Za-z0-9-]+"), versionless);
        }

        boolean isDescribed(int status) {
            return description.get("responses").has(Integer.toString(status));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** The example of the request body, or null if the operation has no body. */
    public Optional<JsonNode> exampleBody(Operation operation) {
        JsonNode body = operation.description().at("/requestBody/content/application~1json");
        if (body.has("example")) {
            return Optional.of(body.get("example"));
        }
        return body.path("examples").valueStream().findFirst().map(example -> example.get("value"));
    }

    public List<JsonNode> parameters(Operation operation, String in) {
        return operation
                .description()
                .path("parameters")
                .valueStream()
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asString("").equals(in))
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** What differs between a response and its description; empty if nothing does. */
    String difference(Operation operation, RawAnswer answer) {
        String status = Integer.toString(answer.status());
        String place = "/paths/%s/%s/responses/%s"
                .formatted(escaped(operation.path()), operation.method().toLowerCase(Locale.ROOT), status);
        JsonNode response = operation.description().get("responses").get(status);
        if (response.has("$ref")) {
            place = response.get("$ref").asString().substring(1);
            response = document.at(place);
        }
        if (response.path("content").isEmpty()) {
            return answer.body().length == 0 ? "" : "a body where none is described";
        }
        if (!response.get("content").has(answer.mediaType())) {
            return "a media type that is not described: " + answer.mediaType();
        }
        return difference("%s/content/%s/schema".formatted(place, escaped(answer.mediaType())), answer);
    }

    /** Why a response is not a problem document; empty if it is one. */
    String differenceFromProblem(RawAnswer answer) {
        return answer.mediaType().equals("application/problem+json")
                ? difference("/components/schemas/Problem", answer)
                : "no problem document, but " + answer.mediaType();
    }

    private String difference(String place, RawAnswer answer) {
        try {
            return schemas
                    .computeIfAbsent(place, pointer -> registry.getSchema(SchemaLocation.of(ID + "#" + pointer)))
                    .validate(
                            answer.text(),
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                    .stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
        } catch (IllegalArgumentException e) {
            return "a body that is no JSON";
        }
    }

    private static String escaped(String segment) {
        return segment.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
