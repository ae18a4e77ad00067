package dev.herald.platform.description;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Examples of whole bodies, from the examples of their fields ({@code @Schema(example = …)}). */
record BodyExamples(ObjectNode schemas) {

    private static final Map<String, JsonNode> BY_FORMAT = Map.of(
            "uuid", StringNode.valueOf("019985fe-112a-7000-8abc-351ab2f1cd00"),
            "date-time", StringNode.valueOf("2026-01-31T12:34:56.789012Z"));

    /** @param message a request body or a response */
    void addTo(JsonNode message) {
        message.path("content")
                .valueStream()
                .filter(body -> !body.has("example") && !body.has("examples"))
                .forEach(body ->
                        of(body.path("schema")).ifPresent(example -> ((ObjectNode) body).set("example", example)));
    }

    private Optional<JsonNode> of(JsonNode schema) {
        if (schema.has("example")) {
            return Optional.of(schema.get("example"));
        }
        if (schema.has("enum")) {
            return Optional.of(schema.get("enum").get(0));
        }
        if (schema.has("$ref")) {
            return of(schemas.path(schema.get("$ref").asString().replaceFirst(".*/", "")));
        }
        if (schema.has("items")) {
            return of(schema.get("items")).map(JsonMapper.shared().createArrayNode()::add);
        }
        if (schema.has("properties")) {
            ObjectNode fields = JsonMapper.shared().createObjectNode();
            schema.get("properties")
                    .propertyStream()
                    .forEach(field -> of(field.getValue()).ifPresent(example -> fields.set(field.getKey(), example)));
            return Optional.of(fields).filter(found -> !found.isEmpty()).map(JsonNode.class::cast);
        }
        return schema.path("type").asString("").equals("boolean")
                ? Optional.of(BooleanNode.TRUE)
                : Optional.ofNullable(BY_FORMAT.get(schema.path("format").asString("")));
    }
}
