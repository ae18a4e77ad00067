package dev.herald.gateway.description;

import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the gateway itself adds to every operation: what is read before any of them, and what it answers in a service's stead. */
@Component
class EdgeFacts {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"; // of the W3C Trace Context standard

    /** What it answers to any request, whichever service would have. */
    private static final List<String> CODES = List.of(
            "rate-limited",
            "upstream-unavailable",
            "upstream-timeout",
            "malformed-request",
            "origin-not-allowed",
            "uri-too-long",
            "expectation-failed",
            "headers-too-large");

    private final ProblemCatalog catalog;
    private final JsonMapper json;
    private final SingletonSupplier<ObjectNode> frame = SingletonSupplier.of(this::read);

    EdgeFacts(ProblemCatalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.json = json;
    }

    /** A document with everything but the services' parts. */
    ObjectNode frame() {
        return frame.obtain().deepCopy();
    }

    private ObjectNode read() {
        try (InputStream resource = new ClassPathResource("openapi.json").getInputStream()) {
            return json.readValue(resource, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(ObjectNode document) {
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(method -> method.getValue().has("responses"))
                        .forEach(method -> addTo((ObjectNode) method.getValue(), path.getKey())));
    }

    private void addTo(ObjectNode operation, String path) {
        ObjectNode responses = operation.withObject("/responses");
        CODES.forEach(code -> add(catalog.get(code), responses, path));
        if (operation.has("requestBody")) {
            add(catalog.get("request-timeout"), responses, path);
        }
        Map<String, JsonNode> inOrder = new TreeMap<>();
        responses.properties().forEach(response -> inOrder.put(response.getKey(), response.getValue()));
        responses.removeAll();
        responses.setAll(inOrder);
    }

    /** As {@code ProblemResponses} of the platform has it: a response a status, with an example a code. */
    private void add(ProblemCatalog.Entry problem, ObjectNode responses, String path) {
        ObjectNode response = responses.withObject("/" + problem.status());
        ObjectNode document = response.withObject("/content/application~1problem+json");
        document.withObject("/schema").put("$ref", "#/components/schemas/Problem");
        ObjectNode examples = document.withObject("/examples");
        if (examples.has(problem.code())) {
            return;
        }
        examples.withObject("/" + problem.code())
                .put("summary", problem.title())
                .put("description", problem.remedy())
                .set("value", json.valueToTree(example(problem, path)));
        String meaning = "`%s`: %s".formatted(problem.code(), problem.meaning());
        response.put(
                "description",
                response.has("description") ? response.get("description").asString() + "\n\n" + meaning : meaning);
        if (problem.status() == 429) {
            List.of("Retry-After", "RateLimit", "RateLimit-Policy")
                    .forEach(header -> response.withObject("/headers")
                            .putObject(header)
                            .put("$ref", "#/components/headers/" + header));
        }
    }

    private static ProblemDocument example(ProblemCatalog.Entry problem, String path) {
        return new ProblemDocument(
                "/problems/" + problem.code(),
                problem.title(),
                problem.status(),
                problem.meaning(),
                path.replaceAll("\\{[^}]*}", "019985fe-112a-7000-8abc-351ab2f1cd00"),
                problem.code(),
                TRACE_ID,
                null);
    }
}
