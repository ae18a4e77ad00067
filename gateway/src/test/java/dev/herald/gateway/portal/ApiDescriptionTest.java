package dev.herald.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

class ApiDescriptionTest {

    private final WebTestClient http = WebTestClient.bindToController(
                    new ApiDescriptionController(new ApiDocuments(JsonMapper.shared())))
            .build();

    @Test
    void isOneDocumentOfAllServicesWithWhatTheGatewayAnswers() {
        get("/openapi.json")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/api/posts'].get.responses.keys()")
                .value(statuses -> assertThat(statuses.toString())
                        .contains("400", "403", "414", "417", "429", "431", "503", "504"))
                .jsonPath("$.paths['/api/auth/login'].post.responses['429'].description")
                .value(
                        String.class,
                        description -> assertThat(description).contains("`too-many-attempts`", "`rate-limited`"))
                .jsonPath("$.components.examples.upstream-timeout.value.status")
                .isEqualTo(504);
    }

    @Test
    void canBeOfOneService() {
        get("/openapi.json?service=notification-service")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths.keys()")
                .value(paths -> assertThat(paths.toString())
                        .contains("/api/notifications")
                        .doesNotContain("/api/users", "/api/posts"));
        get("/openapi.json?service=discovery").expectStatus().isNotFound();
    }

    @Test
    void namesTheServerByTheAddressOfTheRequest() {
        http.get()
                .uri("https://api.example.com/openapi.json")
                .exchange()
                .expectBody()
                .jsonPath("$.servers.length()")
                .isEqualTo(1)
                .jsonPath("$.servers[0].url")
                .isEqualTo("https://api.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/asyncapi.json"})
    void isNotSentAgainToACallerThatHasIt(String path) {
        http.get()
                .uri(path)
                .header("If-None-Match", etag(path, "en"))
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void isTheSameWhateverTheLanguageOfTheReader() {
        assertThat(etag("/openapi.json", "de")).isEqualTo(etag("/openapi.json", "en"));
    }

    @Test
    void namesEachEventWithItsTopic() {
        get("/asyncapi.json")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.asyncapi")
                .isEqualTo("3.0.0")
                .jsonPath("$.channels['user-events'].messages.keys()")
                .value(messages -> assertThat(messages.toString()).contains("user.created", "user.deleted"))
                .jsonPath("$.components.messages['post.created'].payload.required")
                .value(fields -> assertThat(fields.toString()).contains("authorId", "version"));
    }

    private String etag(String path, String language) {
        return Objects.requireNonNull(http.get()
                .uri(path)
                .header("Accept-Language", language)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag());
    }

    private WebTestClient.ResponseSpec get(String path) {
        return http.get().uri(path).exchange();
    }
}
