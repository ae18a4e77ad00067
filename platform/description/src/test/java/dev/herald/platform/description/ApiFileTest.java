package dev.herald.platform.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ApiFileTest {

    private static final String POSTS = """
            {"tags": [{"name": "Posts"}],
             "paths": {"/posts": {"x-service": "post-service", "get": {
                "tags": ["Posts"], "schema": {"$ref": "#/components/schemas/Page"}}}},
             "components": {"schemas": {
                "Page": {"items": {"$ref": "#/components/schemas/Post"}},
                "Post": {"type": "object"}}}}
            """;
    private static final String USERS = """
            {"tags": [{"name": "Users"}, {"name": "Authors"}],
             "paths": {"/users": {"x-service": "user-service", "get": {
                "tags": ["Users", "Authors"], "schema": {"$ref": "#/components/schemas/Post"}}}},
             "components": {"schemas": {"Post": {"type": "object"}}}}
            """;

    private final String whole =
            ApiFile.with(parse(USERS), "user-service", ApiFile.with(parse(POSTS), "post-service", "{}"));

    @Test
    void holdsWhatAllServicesSayInAlphabeticalOrder() {
        assertThat(parse(whole).get("paths").propertyNames()).containsExactly("/posts", "/users");
        assertThat(parse(whole).at("/components/schemas").propertyNames()).containsExactly("Page", "Post");
        assertThat(parse(whole)
                        .get("tags")
                        .valueStream()
                        .map(tag -> tag.get("name").asString()))
                .containsExactly("Authors", "Posts", "Users");
    }

    @Test
    void isTheSameInWhateverOrderTheServicesWriteIt() {
        assertThat(ApiFile.with(parse(POSTS), "post-service", ApiFile.with(parse(USERS), "user-service", "{}")))
                .isEqualTo(whole);
        assertThat(ApiFile.with(parse(POSTS), "post-service", whole)).isEqualTo(whole);
    }

    @Test
    void losesWhatAServiceNoLongerSays() {
        String without = ApiFile.with(parse("{}"), "post-service", whole);

        assertThat(parse(without).get("paths").propertyNames()).containsExactly("/users");
        assertThat(parse(without).at("/components/schemas").propertyNames()).containsExactly("Post");
        assertThat(parse(without)
                        .get("tags")
                        .valueStream()
                        .map(tag -> tag.get("name").asString()))
                .containsExactly("Authors", "Users");
    }

    @Test
    void isStaleForAServiceThatMeansSomethingElseByAName() {
        String other = POSTS.replace("{\"type\": \"object\"}", "{\"type\": \"string\"}");

        String written = ApiFile.with(parse(other), "post-service", whole);

        assertThat(ApiFile.with(parse(USERS), "user-service", written)).isNotEqualTo(written);
    }

    private static ObjectNode parse(String document) {
        JsonNode node = JsonMapper.shared().readTree(document);
        return (ObjectNode) node;
    }
}
