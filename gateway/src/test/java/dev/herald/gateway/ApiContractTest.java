package dev.herald.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checked-in {@code openapi.json}, compared with the routes and with {@code openapi.released.json}, which a release
 * replaces by it. In the released file the parameters {@code sort} and {@code include} had a pattern. openapi-diff
 * would report today's enum as a change, so the file was edited to that enum.
 */
class ApiContractTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectNode api = read("openapi.json");
    private final ObjectNode released = read("openapi.released.json");

    private static ObjectNode read(String name) {
        try (InputStream resource = new ClassPathResource(name).getInputStream()) {
            return JSON.readValue(resource, ObjectNode.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void namesForEveryPathTheServiceToWhichItIsRouted() throws IOException {
        Set<String> described = api.get("paths").properties().stream()
                .map(path ->
                        path.getKey() + " " + path.getValue().path("x-service").asString())
                .collect(toSet());

        // The route of /api/users/{id} matches /api/users/me too.
        assertThat(described.remove("/api/users/me user-service")).isTrue();
        assertThat(described).isEqualTo(routed());
    }

    private static Set<String> routed() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("routes", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        return Binder.get(environment)
                .bind("spring.cloud.gateway.server.webflux", GatewayProperties.class)
                .get()
                .getRoutes()
                .stream()
                .flatMap(ApiContractTest::paths)
                .collect(toSet());
    }

    private static Stream<String> paths(RouteDefinition route) {
        return route.getPredicates().stream()
                .flatMap(predicate -> predicate.getArgs().values().stream())
                .map(path -> path + " " + Objects.requireNonNull(route.getUri()).getHost());
    }

    @Test
    void keepsTheCallersOfWhatWasReleased() {
        ChangedOpenApi changes = compare(released, withRefreshToken(api));

        assertThat(changes.isCompatible()).as(() -> rendered(changes)).isTrue();
    }

    private static String rendered(ChangedOpenApi changes) {
        ByteArrayOutputStream rendered = new ByteArrayOutputStream();
        new ConsoleRender().render(changes, new OutputStreamWriter(rendered, UTF_8));
        return rendered.toString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /components/schemas/User/properties         | name     |
            /components/schemas/User/properties/id      | type     | "integer"
            /components/schemas/User                    | required | []
            /components/schemas/NewPost/properties/title | maxLength | 10
            /components/schemas/RegisterUser            | required | ["name", "email", "password", "posts"]
            /components/schemas/AssignRoles/properties/roles/items | enum | ["USER"]
            /paths                                      | /api/authors |
            /paths/~1api~1users/get/parameters/0        | required | true
            /paths/~1api~1users/get/parameters/0/schema | type     | "integer"
            """)
    void noticesABreak(String place, String field, String broken) {
        ObjectNode changed = released.deepCopy();
        ObjectNode parent = (ObjectNode) changed.at(place);
        assertThat(parent.has(field)).isTrue();
        if (broken == null) {
            parent.remove(field);
        } else {
            parent.set(field, JSON.readTree(broken));
        }

        assertThat(compare(released, changed).isCompatible()).isFalse();
    }

    /** Enums of responses may get new values; callers must accept unknown ones. */
    private static ChangedOpenApi compare(ObjectNode before, ObjectNode after) {
        return OpenApiCompare.fromContents(
                asOpenApi30(before),
                asOpenApi30(withRequiredBodiesOf(before, after)),
                List.of(),
                OpenApiDiffOptions.builder()
                        .configProperty("incompatible.response.enum.increased", "false")
                        .build());
    }

    /** A caller of what was released does not ask for the refresh token in a cookie, and so gets it in the body. */
    private static ObjectNode withRefreshToken(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        ArrayNode required = (ArrayNode) copy.at("/components/schemas/Tokens/required");
        required.add("refreshToken");
        return copy;
    }

    /** openapi-diff takes a body that became optional for a break. */
    private static ObjectNode withRequiredBodiesOf(ObjectNode before, ObjectNode after) {
        ObjectNode copy = after.deepCopy();
        before.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode body = copy.path("paths")
                            .path(path.getKey())
                            .path(operation.getKey())
                            .path("requestBody");
                    if (operation.getValue().at("/requestBody/required").asBoolean(false)
                            && body instanceof ObjectNode now) {
                        now.put("required", true);
                    }
                }));
        return copy;
    }

    /** openapi-diff does not compare the types of OpenAPI 3.1, which may be lists. */
    private static String asOpenApi30(ObjectNode document) {
        ObjectNode copy = document.deepCopy().put("openapi", "3.0.3");
        convertTypes(copy);
        return copy.toString();
    }

    private static void convertTypes(JsonNode node) {
        node.forEach(ApiContractTest::convertTypes);
        if (node.path("type") instanceof ArrayNode types) {
            List<String> names = types.valueStream().map(JsonNode::asString).toList();
            ObjectNode schema = (ObjectNode) node;
            schema.put("nullable", names.contains("null"));
            schema.put("type", names.getFirst());
        }
    }
}
