package dev.herald.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;

/** The gateway's own pages. */
class PortalTest extends GatewayTest {

    @ParameterizedTest
    @CsvSource({
        "/, The first five calls",
        "/docs, The API",
        "/problems, /problems/email-taken",
        "/problems, the <code>Accept</code> header",
        "/problems/origin-not-allowed, <code>HERALD_CORS_ORIGINS</code>",
        "/problems/email-taken, Another account uses this email address",
        "/events, user.created",
        "/account, Your account",
        "/assets/account.js, accessToken",
        "/console, NO ANSWER",
        "/console/traces/0af7651916cd43dd8448eb211c80319c, ./herald up --observe",
        "/assets/console.js, refresh",
        "/assets/portal.css, color-scheme",
        "/assets/portal.js, registration",
        "/docs/swagger-ui.css, .swagger-ui",
        "/docs/swagger-ui-bundle.js, SwaggerUIBundle"
    })
    void isThereForEverybody(String path, String content) {
        anonymous
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
                .build()
                .get()
                .uri(path)
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(body -> assertThat(body).contains(content));
    }

    @Test
    void theConsoleListsRequestsThatNoRouteGets() {
        anonymous.get().uri("/api/users/refused").exchange().expectStatus().isUnauthorized();
        anonymous
                .options()
                .uri("/api/users/refused")
                .header("Origin", "https://another.example")
                .header("Access-Control-Request-Method", "GET")
                .exchange()
                .expectStatus()
                .isForbidden();

        anonymous
                .get()
                .uri("/console")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectBody(String.class)
                .value(page -> assertThat(page)
                        .contains("<code>GET /api/users/refused</code></th><td>401</td>")
                        .contains("<code>OPTIONS /api/users/refused</code></th><td>403</td>"));
    }

    @ParameterizedTest
    @CsvSource({"01, true", "00, false"})
    void theConsoleLinksTheTracesThatAreKept(String flags, boolean linked) {
        String trace = UUID.randomUUID().toString().replace("-", "");
        anonymous
                .get()
                .uri("/problems")
                .header("traceparent", "00-%s-00f067aa0ba902b7-%s".formatted(trace, flags))
                .exchange()
                .expectStatus()
                .isOk();

        anonymous
                .get()
                .uri("/console")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectBody(String.class)
                .value(page ->
                        assertThat(page.contains("/console/traces/" + trace)).isEqualTo(linked));
    }

    @Test
    void explainsProblemsToProgramsToo() {
        anonymous
                .get()
                .uri("/problems/email-taken")
                .accept(MediaType.APPLICATION_JSON)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectHeader()
                .valueEquals(
                        "Vary",
                        "Origin",
                        "Access-Control-Request-Method",
                        "Access-Control-Request-Headers",
                        "Accept",
                        "Accept-Encoding")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(409)
                .jsonPath("$.remedy")
                .isNotEmpty();
        anonymous
                .get()
                .uri("/problems")
                .accept(MediaType.APPLICATION_JSON)
                .exchange()
                .expectBody()
                .jsonPath("$.items[?(@.code == 'email-taken')].status")
                .isEqualTo(409);
    }

    @Test
    void explainsProblemsAsPagesByDefault() {
        anonymous
                .get()
                .uri("/problems/email-taken")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectHeader()
                .valueEquals(
                        "Vary",
                        "Origin",
                        "Access-Control-Request-Method",
                        "Access-Control-Request-Headers",
                        "Accept",
                        "Accept-Encoding");
        anonymous
                .get()
                .uri("/problems/email-taken")
                .accept(MediaType.APPLICATION_XML)
                .exchange()
                .expectStatus()
                .isEqualTo(406);
    }
}
