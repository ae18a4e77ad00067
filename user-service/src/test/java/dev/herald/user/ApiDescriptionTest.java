package dev.herald.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.ApiDescription;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@UserServiceTest
class ApiDescriptionTest {

    @Autowired
    private ApplicationContext service;

    @Autowired
    private RestTestClient http;

    @Test
    void describesEveryOperation() {
        ApiDescription description = ApiDescription.of(http);

        description.assertCovers(service);
        description.assertComplete(
                "POST /api/users", "POST /api/auth/login", "POST /api/auth/refresh", "GET /.well-known/jwks.json");
        assertThat(description.codes("PUT /api/users/{id}"))
                .contains(
                        "malformed-request",
                        "validation-failed",
                        "forbidden",
                        "user-not-found",
                        "email-taken",
                        "precondition-failed");
    }

    @Test
    void showsAUserAsMostAnswersHaveIt() {
        JsonNode read = ApiDescription.of(http).operation("GET /api/users/{id}").at("/responses/200");

        assertThat(read.at("/content/application~1json/example").propertyNames())
                .containsExactly("id", "name", "email", "roles", "createdAt", "updatedAt");
        assertThat(read.at("/headers/ETag/example").asString()).isEqualTo("\"0-whole\"");
    }

    @Test
    void showsThePostsOfAUserAsAListThatMayBeMissing() {
        JsonNode user = ApiDescription.of(http).schema("User").get("properties");

        assertThat(user.at("/posts/items/$ref").asString("")).isEqualTo("#/components/schemas/Post");
        assertThat(user.at("/posts/type").toString()).contains("array", "null");
        assertThat(user.at("/degraded/items/type").asString("")).isEqualTo("string");
        assertThat(user.at("/degraded/description").asString("")).isNotBlank();
    }
}
