package dev.herald.gateway;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

/** The pages that the links in emails lead to. */
class AccountPagesTest extends GatewayTest {

    private static final String SCRIPTLESS = "default-src 'self'";

    private final String token = "good-" + UUID.randomUUID();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            logged.add(line.getFormattedMessage() + line.getKeyValuePairs());
        }
    };
    private final Logger access = (Logger) LoggerFactory.getLogger("dev.herald.gateway.access.AccessLog");
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private @Nullable Level level;

    @BeforeEach
    void readTheLog() {
        level = access.getLevel();
        access.setLevel(Level.INFO);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void logAsBefore() {
        root.detachAppender(appender);
        access.setLevel(level);
    }

    @ParameterizedTest
    @CsvSource({
        "verify-email, Confirm my address",
        "reset-password, New password",
        "confirm-email, Confirm my new address",
        "undo-email-change, Keep my old address"
    })
    void showAFormAndUseNothing(String page, String content) {
        EntityExchangeResult<String> answer =
                body(anonymous.get().uri("/account/{page}?token={token}", page, token), 200);

        assertThat(answer.getResponseBody())
                .contains(content, "<form method=\"post\" action=\"/account/" + page + "\">", "value=\"" + token + "\"")
                .doesNotContain("<script");
        assertThat(answer.getResponseHeaders().getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.getResponseHeaders().getFirst("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getResponseHeaders().getFirst("Content-Security-Policy"))
                .contains(SCRIPTLESS, "form-action 'self'", "frame-ancestors 'none'");
        body(anonymous.method(HttpMethod.HEAD).uri("/account/{page}?token={token}", page, token), 200);
        assertThat(USED_TOKENS).noneMatch(used -> used.toString().contains(token));
        assertIsLogged("GET /account/{name} 200");
        assertIsLogged("HEAD /account/{name} 200");
        assertThat(logged).noneMatch(line -> line.contains(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-email", "confirm-email", "undo-email-change"})
    void actWhenTheFormIsSent(String page) {
        assertThat(post(page, token, null, 200).getResponseBody())
                .contains("Your")
                .doesNotContain(token, "<form");

        assertThat(USED_TOKENS)
                .filteredOn(used -> used.toString().contains(token))
                .hasSize(1);
        assertIsLogged("POST /account/{name} 200");
        assertThat(logged).noneMatch(line -> line.contains(token));
    }

    @Test
    void setsThePasswordOfTheForm() {
        assertThat(post("reset-password", token, "wrong zebra 43", 200).getResponseBody())
                .contains("Your new password is set");

        JsonNode sent = USED_TOKENS.stream()
                .filter(used -> used.toString().contains(token))
                .findFirst()
                .orElseThrow();
        assertThat(sent.get("newPassword").asString()).isEqualTo("wrong zebra 43");
    }

    @Test
    void showTheFormAgainForAPasswordThatIsRefused() {
        assertThat(post("reset-password", "400-" + token, "short", 400).getResponseBody())
                .contains("The password must be &lt;longer&gt;.", "value=\"400-" + token + "\"")
                .doesNotContain("short");
    }

    @ParameterizedTest
    @CsvSource({
        "410, 410, has expired or was used",
        "409, 409, Another account has this address",
        "400, 410, has expired or was used",
        "500, 503, unavailable",
        "429, 503, unavailable"
    })
    void saySoIfUserServiceRefuses(String code, int status, String content) {
        assertThat(post("confirm-email", code + token, null, status).getResponseBody())
                .contains(content);
    }

    @Test
    void refuseAnIncompleteLink() {
        body(anonymous.get().uri("/account/verify-email"), 400);
        post("verify-email", " ", null, 400);
    }

    @Test
    void showATokenAsText() {
        assertThat(body(anonymous.get().uri("/account/verify-email?token={token}", "\"><script>x</script>"), 200)
                        .getResponseBody())
                .doesNotContain("<script>");
    }

    @Test
    void refuseAFormThatIsTooLong() {
        post("verify-email", "x".repeat(1_000_000), null, 413);
    }

    @Test
    void areFourOnly() {
        body(anonymous.get().uri("/account/other?token=x"), 404);
    }

    private void assertIsLogged(String request) {
        await().atMost(ofSeconds(10))
                .untilAsserted(() -> assertThat(logged).anyMatch(line -> line.startsWith(request)));
    }

    private EntityExchangeResult<String> post(String page, String sent, @Nullable String password, int status) {
        BodyInserters.FormInserter<String> form = BodyInserters.fromFormData("token", sent);
        return body(
                anonymous
                        .post()
                        .uri("/account/" + page)
                        // As a browser sends it.
                        .header("Origin", "null")
                        .body(password == null ? form : form.with("newPassword", password)),
                status);
    }

    private static EntityExchangeResult<String> body(WebTestClient.RequestHeadersSpec<?> request, int status) {
        return request.header("Accept", "text/html")
                .header("X-Forwarded-For", "198.18.0." + new Random().nextInt(256))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult();
    }
}
