package dev.herald.platform.description;

import static dev.herald.platform.description.ApiDescription.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.herald.platform.description.ApiDescription.Operation;
import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemCatalog.Entry;
import dev.herald.platform.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks that every part of a description is described, and that every example is valid for its schema. */
final class Completeness {

    private final JsonNode document;
    private final List<Operation> operations;
    private final ProblemCatalog catalog = new ProblemCatalog(JsonMapper.shared());
    private final SoftAssertions softly = new SoftAssertions();

    Completeness(JsonNode document, List<Operation> operations) {
        this.document = document;
        this.operations = operations;
    }

    void check(String... open) {
        softly.assertThat(document.path("openapi").asString("")).startsWith("3.1.");
        softly.assertThat(text(document.at("/info/title"))).isNotBlank();
        softly.assertThat(text(document.at("/info/version"))).isNotBlank();
        softly.assertThat(text(document.at("/info/license/name"))).isEqualTo("Apache-2.0");
        softly.assertThat(text(document.at("/servers/0/url"))).isEqualTo("/");
        softly.assertThat(document.at("/components/securitySchemes/bearer").toString())
                .contains("\"http\"", "\"bearer\"", "\"JWT\"");
        softly.assertThat(operations).isNotEmpty();
        softly.assertThat(operations.stream()
                        .map(operation -> text(operation.node().path("operationId"))))
                .doesNotHaveDuplicates();
        softly.assertThat(operations.stream()
                        .filter(operation -> !isSecured(operation))
                        .map(Operation::key))
                .as("operations without a bearer")
                .containsExactlyInAnyOrder(open);
        operations.forEach(operation -> {
            checkNames(operation);
            checkRequest(operation);
            checkAnswers(operation);
            checkProblems(operation);
        });
        softly.assertAll();
    }

    private void checkNames(Operation operation) {
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
        operation.node().path("parameters").valueStream().forEach(parameter -> checkParameter(operation, parameter));
    }

    private void checkParameter(Operation operation, JsonNode parameter) {
        String name = "the parameter %s of %s".formatted(text(parameter.path("name")), operation.key());
        softly.assertThat(text(parameter.path("description")))
                .as("description of " + name)
                .isNotBlank();
        // Only required parameters have an example, because Swagger UI sends it unless its user removes it.
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

    private void checkRequest(Operation operation) {
        JsonNode body = operation.node().path("requestBody");
        if (body.isObject()) {
            softly.assertThat(body.path("content").properties())
                    .as("media types of the request of %s", operation.key())
                    .isNotEmpty();
        }
        checkExamples("request of " + operation.key(), body);
    }

    private void checkAnswers(Operation operation) {
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
            checkExamples(name, response.getValue());
        });
    }

    private void checkExamples(String name, JsonNode message) {
        message.path("content").properties().forEach(content -> {
            List<JsonNode> examples = examples(content.getValue());
            softly.assertThat(examples).as("examples of the %s", name).isNotEmpty();
            examples.forEach(
                    example -> softly.assertThat(schema(content.getValue().path("schema"))
                                    .validate(example.toString(), InputFormat.JSON, Completeness::withFormats))
                            .as("example of the %s: %s", name, example)
                            .isEmpty());
        });
    }

    private void checkProblems(Operation operation) {
        softly.assertThat(operation.codes())
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

    /** The JSON Schema of a body, with the schemas that it refers to as its {@code $defs}. */
    private Schema schema(JsonNode schema) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
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
}
