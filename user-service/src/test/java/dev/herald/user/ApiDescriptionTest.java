package dev.herald.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.description.ApiDescription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@UserServiceTest
@Tag("description")
class ApiDescriptionTest {

    @Autowired
    private ApplicationContext service;

    @Test
    void isCheckedIn() {
        ApiDescription.assertCheckedIn(service);
    }

    @Test
    void describesEveryOperation() {
        ApiDescription description = ApiDescription.of(service);

        description.assertComplete(
                "POST /api/users",
                "POST /api/auth/login",
                "POST /api/auth/refresh",
                "POST /api/auth/verify-email",
                "POST /api/auth/forgot-password",
                "POST /api/auth/reset-password",
                "POST /api/auth/confirm-email",
                "POST /api/auth/undo-email-change",
                "GET /.well-known/jwks.json");
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
        JsonNode read =
                ApiDescription.of(service).operation("GET /api/users/{id}").at("/responses/200");

        assertThat(read.at("/content/application~1json/example").propertyNames())
                .containsExactly("id", "name", "email", "emailVerified", "roles", "createdAt", "updatedAt");
        assertThat(read.at("/headers/ETag/example").asString()).isEqualTo("\"0-whole\"");
    }

    @Test
    void showsThePostsOfAUserAsAListThatMayBeMissing() {
        JsonNode user = ApiDescription.of(service).schema("User").get("properties");

        assertThat(user.at("/posts/items/$ref").asString("")).isEqualTo("#/components/schemas/Post");
        assertThat(user.at("/posts/type").toString()).contains("array", "null");
        assertThat(user.at("/degraded/items/type").asString("")).isEqualTo("string");
        assertThat(user.at("/degraded/description").asString("")).isNotBlank();
    }
}
