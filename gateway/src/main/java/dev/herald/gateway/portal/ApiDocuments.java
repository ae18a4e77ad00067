package dev.herald.gateway.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The checked-in {@code openapi.json}, whole and for each service, and {@code asyncapi.json}. */
@Component
class ApiDocuments {

    private static final String ALL = "";

    private final JsonMapper json;
    private final SingletonSupplier<Map<String, String>> documents = SingletonSupplier.of(this::read);
    private final SingletonSupplier<String> events = SingletonSupplier.of(this::readEvents);

    ApiDocuments(JsonMapper json) {
        this.json = json;
    }

    private Map<String, String> read() {
        ObjectNode whole = document("openapi.json");
        Map<String, String> read = new HashMap<>();
        read.put(ALL, json.writeValueAsString(whole));
        whole.path("paths")
                .valueStream()
                .map(path -> path.path("x-service").asString())
                .distinct()
                .forEach(service -> read.put(service, json.writeValueAsString(only(service, whole))));
        return read;
    }

    private String readEvents() {
        return json.writeValueAsString(document("events/asyncapi.json"));
    }

    private ObjectNode document(String name) {
        try (InputStream resource = new ClassPathResource(name).getInputStream()) {
            return json.readValue(resource, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode only(String service, ObjectNode whole) {
        ObjectNode part = whole.deepCopy();
        part.withObject("/paths")
                .removeIf(path -> !path.path("x-service").asString().equals(service));
        return part;
    }

    /** @param service empty for all */
    Optional<String> of(String service) {
        return Optional.ofNullable(documents.obtain().get(service));
    }

    String events() {
        return events.obtain();
    }
}
