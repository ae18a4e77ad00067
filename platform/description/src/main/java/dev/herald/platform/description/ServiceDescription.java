package dev.herald.platform.description;

import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import dev.herald.platform.security.SecuritySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document of one service for callers of the gateway: springdoc reads the controllers, and this class adds
 * {@code frame.json}, which is the same for every service, and the meaning of the platform's annotations.
 */
final class ServiceDescription {

    /** The fields of an operation, in the order of the file. */
    private static final List<String> FIELDS = List.of(
            "tags", "summary", "description", "operationId", "security", "parameters", "requestBody", "responses");

    private final ObjectNode document = frame();
    private final ObjectNode schemas = document.withObject("/components/schemas");
    private final Problems problems = new Problems(document.withObject("/components"));
    private final String name;
    private final SecuritySettings security;

    private ServiceDescription(ApplicationContext service) {
        this.name = Objects.requireNonNull(service.getEnvironment().getProperty("spring.application.name"));
        this.security = service.getBean(SecuritySettings.class);
        ObjectNode made = springdoc(service);
        made.at("/components/schemas")
                .propertyStream()
                .forEach(schema -> schemas.set(schema.getKey(), schema.getValue()));
        document.set("tags", made.path("tags"));
        service.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> addAll(mapping, new Handler(handler), made));
    }

    static ObjectNode of(ApplicationContext service) {
        return new ServiceDescription(service).document;
    }

    private static ObjectNode frame() {
        try (InputStream resource = ServiceDescription.class.getResourceAsStream("frame.json")) {
            return JsonMapper.shared().readValue(resource, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode springdoc(ApplicationContext service) {
        String path = "/v3/api-docs";
        try {
            byte[] made = service.getBean(OpenApiWebMvcResource.class)
                    .openapiJson(new MockHttpServletRequest("GET", path), path, Locale.ENGLISH);
            return JsonMapper.shared().readValue(made, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addAll(RequestMappingInfo mapping, Handler handler, ObjectNode made) {
        if (!handler.isOurs()) {
            return;
        }
        for (String path : mapping.getPatternValues()) {
            ObjectNode operations = document.withObject("/paths").withObject("/" + escaped(path));
            operations.put("x-service", name);
            mapping.getMethodsCondition().getMethods().forEach(method -> {
                String key = method.name().toLowerCase(Locale.ROOT);
                ObjectNode operation = (ObjectNode) made.at("/paths/%s/%s".formatted(escaped(path), key));
                describe(operation, handler, security.isPublic(method.name(), path));
                operations.set(key, ordered(operation));
            });
        }
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private static ObjectNode ordered(ObjectNode operation) {
        ObjectNode ordered = JsonMapper.shared().createObjectNode();
        FIELDS.stream().filter(operation::has).forEach(field -> ordered.set(field, operation.get(field)));
        return ordered;
    }

    private void describe(ObjectNode operation, Handler handler, boolean open) {
        operation.put("operationId", handler.operationId());
        ArrayNode required = operation.putArray("security");
        if (!open) {
            required.addObject().putArray("bearer");
        }
        describeParameters(operation, handler);
        BodyExamples examples = new BodyExamples(schemas);
        examples.addTo(operation.path("requestBody"));
        operation.path("responses").forEach(examples::addTo);
        describeAnswers(operation, handler);
        addProblems(operation, handler, open);
    }

    private void describeParameters(ObjectNode operation, Handler handler) {
        ArrayNode parameters = operation.withArray("/parameters");
        // springdoc adds its own parameter if a mapping names a version.
        parameters.removeIf(parameter -> parameter.path("name").asString().equals("API-Version"));
        for (JsonNode parameter : parameters) {
            ObjectNode described = (ObjectNode) parameter;
            String key = parameter.get("name").asString();
            handler.constraints(key).forEach(described.withObject("/schema")::set);
            document.at("/components/parameters/" + key)
                    .properties()
                    .forEach(known -> described.putIfAbsent(known.getKey(), known.getValue()));
        }
        handler.headers().forEach(header -> refer(parameters.addObject(), "parameters", header));
    }

    private static void refer(ObjectNode node, String section, String component) {
        node.put("$ref", "#/components/%s/%s".formatted(section, component));
    }

    private void describeAnswers(ObjectNode operation, Handler handler) {
        ObjectNode responses = operation.withObject("/responses");
        responses
                .properties()
                .forEach(response -> handler.answerHeaders(response.getKey())
                        .forEach(header -> refer(
                                response.getValue().withObject("/headers").withObject("/" + header),
                                "headers",
                                header)));
        handler.tag().ifPresent(tag -> {
            if (handler.isRead()) {
                responses
                        .withObject("/304")
                        .put("description", "Not changed since it had the `ETag` in `If-None-Match`.");
            }
            responses
                    .properties()
                    .forEach(response -> response.getValue()
                            .withObject("/headers")
                            .set(
                                    "ETag",
                                    ((ObjectNode) document.at("/components/headers/ETag")
                                                    .deepCopy())
                                            .put("example", "\"%s\"".formatted(tag))));
        });
    }

    private void addProblems(ObjectNode operation, Handler handler, boolean open) {
        Set<ProblemCode> codes = handler.problemCodes();
        if (!open) {
            codes.addAll(Problems.REFUSED_TOKENS);
        }
        Map<String, JsonNode> responses = new TreeMap<>();
        operation
                .path("responses")
                .properties()
                .forEach(response -> responses.put(response.getKey(), response.getValue()));
        responses.putAll(problems.responses(codes, invalidField(operation)));
        operation.putObject("responses").setAll(responses);
    }

    /** An error that the operation can give: a missing required field, or an unknown parameter. */
    private InvalidField invalidField(ObjectNode operation) {
        JsonNode reference = operation.at("/requestBody/content/application~1json/schema/$ref");
        JsonNode required =
                schemas.path(reference.asString("").replaceFirst(".*/", "")).path("required");
        if (!required.isEmpty()) {
            return InvalidValue.required().at(required.get(0).asString());
        }
        List<String> known = operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString("").equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .toList();
        return InvalidValue.unknownParameter(known).at("page");
    }
}
