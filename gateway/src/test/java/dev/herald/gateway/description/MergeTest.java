package dev.herald.gateway.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MergeTest {

    private final ObjectNode whole = JsonMapper.shared().createObjectNode();
    private final Merge merge = new Merge(whole);

    @Test
    void sharesWhatMeansTheSame() {
        add("post-service", "{'components': {'schemas': {'Id': {'type': 'string', 'format': 'uuid'}}}}");
        add("user-service", "{'components': {'schemas': {'Id': {'format': 'uuid', 'type': 'string'}}}}");

        assertThat(whole.at("/components/schemas").propertyNames()).containsExactly("Id");
    }

    @Test
    void keepsApartWhatDiffersAndWhatRefersToIt() {
        add("post-service", """
                {'components': {'schemas': {
                    'Author': {'type': 'object', 'properties': {'name': {'type': 'string'}}},
                    'Post': {'type': 'object', 'properties': {'author': {'$ref': '#/components/schemas/Author'}}},
                    'Page': {'type': 'array', 'items': {'$ref': '#/components/schemas/Post'}},
                    'Id': {'type': 'string'}}}}
                """);
        add("user-service", """
                {'paths': {'/users': {'get': {'schema': {'$ref': '#/components/schemas/Page'}}}},
                 'components': {'schemas': {
                    'Author': {'type': 'string'},
                    'Post': {'type': 'object', 'properties': {'author': {'$ref': '#/components/schemas/Author'}}},
                    'Page': {'type': 'array', 'items': {'$ref': '#/components/schemas/Post'}},
                    'Id': {'type': 'string'}}}}
                """);

        assertThat(whole.at("/components/schemas").propertyNames())
                .containsExactlyInAnyOrder(
                        "Author", "Post", "Page", "Id", "UserServiceAuthor", "UserServicePost", "UserServicePage");
        assertThat(reference("/paths/~1users/get/schema")).isEqualTo("#/components/schemas/UserServicePage");
        assertThat(reference("/components/schemas/UserServicePage/items"))
                .isEqualTo("#/components/schemas/UserServicePost");
        assertThat(reference("/components/schemas/UserServicePost/properties/author"))
                .isEqualTo("#/components/schemas/UserServiceAuthor");
        assertThat(reference("/components/schemas/Post/properties/author")).isEqualTo("#/components/schemas/Author");
    }

    @Test
    void givesOperationsNamesOfTheirOwn() {
        add("post-service", "{'paths': {'/posts': {'get': {'operationId': 'list'}}}}");
        add("user-service", "{'paths': {'/users': {'get': {'operationId': 'list'}}}}");

        assertThat(whole.at("/paths/~1posts/get/operationId").asString()).isEqualTo("list");
        assertThat(whole.at("/paths/~1users/get/operationId").asString()).isEqualTo("userServiceList");
    }

    @Test
    void takesATagOnceAndOnlyWhatIsPublished() {
        add("post-service", "{'tags': [{'name': 'Posts'}], 'paths': {'/posts': {}}}");
        add("user-service", "{'tags': [{'name': 'Posts'}, {'name': 'Users'}], 'paths': {'/internal': {}}}");

        assertThat(whole.get("tags").valueStream().map(tag -> tag.get("name").asString()))
                .containsExactly("Posts", "Users");
        assertThat(whole.get("paths").propertyNames()).containsExactly("/posts");
    }

    @Test
    void leavesThePartsAsTheyAre() {
        ObjectNode part = parse("{'components': {'schemas': {'Id': {'type': 'string'}}}, 'tags': [{'name': 'Users'}]}");
        ObjectNode before = part.deepCopy();

        add("post-service", "{'components': {'schemas': {'Id': {'type': 'integer'}}}}");
        merge.add("user-service", part, path -> true);

        assertThat(part).isEqualTo(before);
    }

    private void add(String service, String document) {
        merge.add(service, parse(document), path -> !path.equals("/internal"));
    }

    private static ObjectNode parse(String document) {
        return JsonMapper.shared().readValue(document.replace('\'', '"'), ObjectNode.class);
    }

    private String reference(String pointer) {
        JsonNode node = whole.at(pointer);
        return node.path("$ref").asString();
    }
}
