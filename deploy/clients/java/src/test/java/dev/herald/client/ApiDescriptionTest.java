package dev.herald.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks that every method and record of the interfaces is in {@code openapi.json}. */
class ApiDescriptionTest {

    /** The direction of a record. A sent record may omit optional fields; a received field must be in the schema's required fields. */
    private enum Body {
        SENT,
        RECEIVED
    }

    private static final JsonNode API = read(Path.of("../../../gateway/src/main/resources/openapi.json"));

    static Stream<Method> operations() {
        return Stream.of(
                        UserClient.class,
                        PostClient.class,
                        AuthorClient.class,
                        NotificationClient.class,
                        SessionClient.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isDescribed(Method operation) {
        JsonNode described = described(operation);
        assertThat(described.isObject()).isTrue();

        assertThat(described
                        .path("parameters")
                        .valueStream()
                        .map(parameter -> parameter.path("name").asString("")))
                .containsAll(parameters(operation));
        Arrays.stream(operation.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
                .forEach(body -> assertFields(
                        described.at("/requestBody/content/application~1json/schema"), body.getType(), Body.SENT));
        if (operation.getReturnType() != void.class) {
            JsonNode success = described
                    .path("responses")
                    .propertyStream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            assertFields(
                    success.at("/content/application~1json/schema"), operation.getGenericReturnType(), Body.RECEIVED);
        }
    }

    /** Checks that a record has only fields of the schema, and that a field that may be absent is optional. */
    private static void assertFields(JsonNode schemaOrReference, Type type, Body body) {
        JsonNode schema = schemaOrReference.has("$ref")
                ? API.at(schemaOrReference.get("$ref").asString().substring(1))
                : schemaOrReference;
        if (type instanceof ParameterizedType page && page.getRawType() == Page.class) {
            assertThat(schema.at("/properties").propertyNames()).contains("items", "nextCursor");
            assertFields(schema.at("/properties/items/items"), page.getActualTypeArguments()[0], body);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            List<String> required = schema.path("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            for (RecordComponent field : record.getRecordComponents()) {
                JsonNode property = schema.path("properties").path(field.getName());
                assertThat(property.isMissingNode()).as(field.toString()).isFalse();
                assertThat(body == Body.SENT
                                || field.getType() == Optional.class
                                || required.contains(field.getName())
                                || field.getType().isPrimitive())
                        .as(field.toString())
                        .isTrue();
                assertFields(property, field.getGenericType(), body);
            }
        }
    }

    private static JsonNode described(Method operation) {
        HttpExchange whole = annotation(operation.getDeclaringClass());
        HttpExchange own = annotation(operation);
        String method = own.method().toLowerCase(Locale.ROOT);
        return API.path("paths").path(whole.value() + own.value()).path(method);
    }

    private static HttpExchange annotation(AnnotatedElement element) {
        return Objects.requireNonNull(AnnotatedElementUtils.getMergedAnnotation(element, HttpExchange.class));
    }

    private static List<String> parameters(Method operation) {
        return Arrays.stream(operation.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestParam.class))
                .map(Parameter::getName)
                .collect(Collectors.toList());
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
