package dev.herald.platform.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemCatalog.Entry;
import dev.herald.platform.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI description of a service, or the checked-in file. */
public final class ApiDescription {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** With references resolved, except those to schemas. */
    private final JsonNode document;

    private final ProblemCatalog catalog = new ProblemCatalog(JSON);

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

    /** @param key such as {@code GET /api/users} */
    private record Operation(String key, JsonNode node) {

        List<Map.Entry<String, JsonNode>> responses() {
            return List.copyOf(node.path("responses").properties());
        }
    }

    public List<String> operations() {
        return all().stream().map(Operation::key).toList();
    }

    /** @param operation such as {@code GET /api/users} */
    public Set<String> codes(String operation) {
        return codes(the(operation));
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

    /** @param name such as {@code User} */
    public JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    /**
     * Asserts that every part is described, and that every example is valid for its schema.
     *
     * @param open the operations that need no token
     */
    public void assertComplete(String... open) {
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(document.path("openapi").asString("")).startsWith("3.1.");
        softly.assertThat(text(document.at("/info/title"))).isNotBlank();
        softly.assertThat(text(document.at("/info/version"))).isNotBlank();
        softly.assertThat(text(document.at("/info/license/name"))).isEqualTo("Apache-2.0");
        softly.assertThat(text(document.at("/servers/0/url"))).isEqualTo("/");
        softly.assertThat(document.at("/components/securitySchemes/bearer").toString())
                .contains("\"http\"", "\"bearer\"", "\"JWT\"");
        softly.assertThat(all()).isNotEmpty();
        softly.assertThat(all().stream().map(operation -> text(operation.node().path("operationId"))))
                .doesNotHaveDuplicates();
        softly.assertThat(all().stream()
                        .filter(operation -> !isSecured(operation))
                        .map(Operation::key))
                .as("operations without a bearer")
                .containsExactlyInAnyOrder(open);
        all().forEach(operation -> {
            checkNames(softly, operation);
            checkRequest(softly, operation);
            checkAnswers(softly, operation);
            checkProblems(softly, operation);
        });
        softly.assertAll();
    }

    /**
     * Asserts that the checked-in file shows the controllers of the service; {@code -Dherald.description=write} writes the
     * file first.
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
                            + "(If it stays stale, two services mean different things by one name.)")
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

    private void checkNames(SoftAssertions softly, Operation operation) {
        softly.assertThat(text(operation.node().path("description")))
                .as("description of %s", operation.key())
                .isNotBlank();
        softly.assertThat(text(operation.node().path("operationId")))
                .as("operationId of %s", operation.key())
                .matches("[a-z][A-Za-z]+");
        softly.assertThat(text(operation.node().path("summary")))
                .as("summary of %s", operation.key())
                .isNotBlank();
        softly.assertThat(operation.node().path("tags").valueStream().map(ApiDescription::text))
                .as("tags of %s", operation.key())
                .hasSize(1)
                .isSubsetOf(describedTags());
        operation
                .node()
                .path("parameters")
                .valueStream()
                .forEach(parameter -> checkParameter(softly, operation, parameter));
    }

    private static void checkParameter(SoftAssertions softly, Operation operation, JsonNode parameter) {
        String name = "the parameter %s of %s".formatted(text(parameter.path("name")), operation.key());
        softly.assertThat(text(parameter.path("description")))
                .as("description of " + name)
                .isNotBlank();
        // Swagger UI sends an example unless its user removes it.
        softly.assertThat(parameter.has("example"))
                .as("an example of " + name)
                .isEqualTo(parameter.path("required").asBoolean(false));
    }

    private List<String> describedTags() {
        return document.path("tags")
                .valueStream()
                .filter(tag -> !text(tag.path("description")).isBlank())
                .map(tag -> text(tag.path("name")))
                .toList();
    }

    private void checkRequest(SoftAssertions softly, Operation operation) {
        JsonNode body = operation.node().path("requestBody");
        if (body.isObject()) {
            softly.assertThat(body.path("content").properties())
                    .as("media types of the request of %s", operation.key())
                    .isNotEmpty();
        }
        checkExamples(softly, "request of " + operation.key(), body);
    }

    private void checkAnswers(SoftAssertions softly, Operation operation) {
        softly.assertThat(operation.responses().stream().map(Map.Entry::getKey))
                .as("statuses of %s", operation.key())
                .anyMatch(status -> status.startsWith("2"));
        operation.responses().forEach(response -> {
            String name = response.getKey() + " of " + operation.key();
            boolean bare = Set.of("202", "204", "304").contains(response.getKey());
            if (!bare) {
                softly.assertThat(response.getValue().path("content").properties())
                        .as("media types of %s", name)
                        .isNotEmpty();
            }
            checkExamples(softly, name, response.getValue());
        });
    }

    private void checkExamples(SoftAssertions softly, String name, JsonNode message) {
        message.path("content").properties().forEach(content -> {
            List<JsonNode> examples = examples(content.getValue());
            softly.assertThat(examples).as("examples of the %s", name).isNotEmpty();
            examples.forEach(
                    example -> softly.assertThat(schema(content.getValue().path("schema"))
                                    .validate(example.toString(), InputFormat.JSON, ApiDescription::withFormats))
                            .as("example of the %s: %s", name, example)
                            .isEmpty());
        });
    }

    private void checkProblems(SoftAssertions softly, Operation operation) {
        softly.assertThat(codes(operation))
                .as("codes of %s", operation.key())
                .contains(ProblemCode.INTERNAL_ERROR.toString());
        operation.responses().forEach(response -> {
            JsonNode problems = response.getValue().at("/content/application~1problem+json/examples");
            softly.assertThat(problems.isObject())
                    .as("%s of %s is a problem", response.getKey(), operation.key())
                    .isEqualTo(response.getKey().compareTo("400") >= 0);
            problems.properties().forEach(example -> {
                Entry entry = catalog.find(example.getKey()).orElseThrow();
                JsonNode problem = example.getValue().path("value");
                softly.assertThat(String.valueOf(entry.status())).isEqualTo(response.getKey());
                softly.assertThat(text(problem.path("code")))
                        .isEqualTo(entry.code().toString());
                softly.assertThat(text(problem.path("title"))).isEqualTo(entry.title());
                softly.assertThat(problem.path("status").asInt()).isEqualTo(entry.status());
            });
        });
    }

    private static List<JsonNode> examples(JsonNode content) {
        List<JsonNode> examples = new ArrayList<>();
        if (content.has("example")) {
            examples.add(content.get("example"));
        }
        content.path("examples")
                .valueStream()
                .map(example -> example.path("value"))
                .forEach(examples::add);
        return examples;
    }

    /** The schema of a body, with the schemas that it refers to where JSON Schema looks for them. */
    private Schema schema(JsonNode schema) {
        ObjectNode root = JSON.createObjectNode();
        root.setAll((ObjectNode) schema);
        root.set("$defs", document.at("/components/schemas"));
        return SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31())
                .getSchema(root.toString().replace("#/components/schemas/", "#/$defs/"), InputFormat.JSON);
    }

    private static void withFormats(ExecutionContext context) {
        context.executionConfig(config -> config.formatAssertionsEnabled(true));
    }

    private boolean isSecured(Operation operation) {
        JsonNode security = operation.node().path("security");
        assertThat(security.isArray())
                .as("security of %s is said", operation.key())
                .isTrue();
        return security.valueStream().anyMatch(requirement -> requirement.has("bearer"));
    }

    private static Set<String> codes(Operation operation) {
        Set<String> codes = new TreeSet<>();
        operation
                .responses()
                .forEach(response -> codes.addAll(response.getValue()
                        .at("/content/application~1problem+json/examples")
                        .propertyNames()));
        return codes;
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

    private static String text(JsonNode node) {
        return node.asString("");
    }
}
