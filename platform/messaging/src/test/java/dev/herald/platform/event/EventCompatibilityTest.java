package dev.herald.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of today, compared with those of the last release, {@code released/} in the test's resources.
 * A release copies the ones over the others.
 */
class EventCompatibilityTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    static Stream<String> released() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver()
                        .getResources("classpath:released/*.schema.released.json"))
                .map(file -> Objects.requireNonNull(file.getFilename()).replace(".released", ""));
    }

    @ParameterizedTest
    @MethodSource("released")
    void keepsTheConsumersOfWhatWasReleased(String schema) {
        assertThat(SchemaChanges.breaking(
                        read("released/" + schema.replace(".json", ".released.json")), read("events/" + schema)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /properties                            | name        |                | name: removed
            /properties/posts/items/properties     | title       |                | posts[].title: removed
            /properties/name                       | type        | "integer"      | name: type
            /properties/createdAt                  | format      |                | createdAt: format
            /                                      | required    | ["id", "name", "email", "createdAt"] | version: no longer required
            /                                      | required    | ["id", "name", "email", "createdAt", "version", "posts"] | posts: newly required
            """)
    void noticesABreak(String place, String field, String broken, String change) {
        ObjectNode before = read("released/user.created.v1.schema.released.json");
        ObjectNode after = before.deepCopy();
        ObjectNode parent = place.equals("/") ? after : (ObjectNode) after.at(place);
        assertThat(parent.has(field)).isTrue();
        if (broken == null) {
            parent.remove(field);
        } else {
            parent.set(field, JSON.readTree(broken));
        }

        assertThat(SchemaChanges.breaking(before, after)).contains(change);
    }

    @Test
    void letsEnumsGrowOnly() {
        JsonNode one = JSON.readTree("""
                {"properties": {"kind": {"type": "string", "enum": ["a"]}}}""");
        JsonNode two = JSON.readTree("""
                {"properties": {"kind": {"type": "string", "enum": ["a", "b"]}}}""");

        assertThat(SchemaChanges.breaking(one, two)).isEmpty();
        assertThat(SchemaChanges.breaking(two, one)).isEqualTo(List.of("kind: without \"b\""));
    }

    private static ObjectNode read(String name) {
        try {
            return (ObjectNode) JSON.readTree(new ClassPathResource(name).getContentAsString(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
