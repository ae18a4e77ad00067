package dev.herald.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.topic.EventTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AsyncAPI 3.0 document of all events: {@code asyncapi.frame.json}, with a message for each schema in {@code events/} and the
 * settings of the topics. A schema names its topic in {@code x-topic}.
 */
class AsyncApi {

    private static final String BINDING_VERSION = "0.5.0";
    private static final List<String> SCHEMA_ONLY = List.of("$schema", "$id", "title", "x-topic", "description");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ObjectNode document = (ObjectNode) read(new ClassPathResource("asyncapi.frame.json"));

    /** The document as it is checked in. */
    static String document() throws IOException {
        AsyncApi api = new AsyncApi();
        api.channels().propertyNames().forEach(api::addTopic);
        Resource[] schemas = new PathMatchingResourcePatternResolver().getResources("classpath:events/*.schema.json");
        Arrays.stream(schemas)
                .sorted(Comparator.comparing(schema -> Objects.requireNonNull(schema.getFilename())))
                .forEach(api::addMessage);
        return JSON.writeValueAsString(api.document) + "\n";
    }

    private ObjectNode channels() {
        return document.withObject("/channels");
    }

    private void addTopic(String name) {
        JsonNode retention = channels().at("/" + name + "/x-retention");
        NewTopic topic = retention.isMissingNode()
                ? EventTopic.of(name)
                : EventTopic.expiring(name, Duration.parse(retention.asString()));
        ObjectNode binding =
                channels().withObject("/" + name).put("address", name).withObject("/bindings/kafka");
        binding.put("bindingVersion", BINDING_VERSION).put("topic", name).put("partitions", topic.numPartitions());
        ObjectNode settings = binding.withObject("/topicConfiguration");
        topic.configs().forEach((key, value) -> {
            if (key.equals("cleanup.policy")) {
                settings.putArray(key).add(value);
            } else {
                settings.put(key, Long.parseLong(value));
            }
        });
        document.withObject("/operations/publish-" + name)
                .put("action", "send")
                .put(
                        "summary",
                        "Published by %s."
                                .formatted(
                                        channels().at("/" + name + "/x-service").asString()))
                .set("channel", reference("channels", name));
    }

    private void addMessage(Resource file) {
        ObjectNode schema = (ObjectNode) read(file);
        String type = schema.get("title").asString();
        String topic = schema.get("x-topic").asString();
        ObjectNode message = document.withObject("/components/messages/" + type)
                .put("name", type)
                .put("title", type)
                .put("description", schema.get("description").asString())
                .put("contentType", "application/json");
        message.set("headers", reference("components/schemas", "EventHeaders"));
        message.set("payload", schema.deepCopy().without(SCHEMA_ONLY));
        message.withObject("/bindings/kafka")
                .put("bindingVersion", BINDING_VERSION)
                .withObject("/key")
                .put("type", "string")
                .put("format", "uuid");
        message.putArray("examples").addObject().put("name", "sample").set("payload", sample(file));
        channels().withObject("/" + topic + "/messages").set(type, reference("components/messages", type));
        ObjectNode operation = document.withObject("/operations/publish-" + topic);
        operation.withArray("/messages").add(reference("channels/" + topic + "/messages", type));
    }

    private static JsonNode sample(Resource schema) {
        try {
            return read(schema.createRelative(
                    Objects.requireNonNull(schema.getFilename()).replace(".schema.", ".sample.")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode reference(String place, String name) {
        return JSON.createObjectNode().put("$ref", "#/%s/%s".formatted(place, name));
    }

    private static JsonNode read(Resource file) {
        try {
            return JSON.readTree(file.getContentAsString(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
