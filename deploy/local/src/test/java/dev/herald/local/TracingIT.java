package dev.herald.local;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.OtlpReceiver.Span;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.Suite;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A request is one trace in all processes, also in work that continues after the response. */
@OnTheSharedSuite
class TracingIT {

    private static final Suite SUITE = SharedSuite.SUITE;

    /** The span of the client. */
    private static final String CALLER = "00f067aa0ba902b7";

    private final String trace = HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits())
            + HexFormat.of().toHexDigits(UUID.randomUUID().getLeastSignificantBits());

    @Test
    void aRegistrationIsOneTraceUpToTheSendingOfItsEmail() throws Exception {
        HttpResponse<String> registered = register();

        assertThat(registered.statusCode()).isEqualTo(201);
        assertThat(registered.headers().firstValue("traceresponse"))
                .hasValueSatisfying(header -> assertThat(header).startsWith("00-" + trace + "-"));
        await().atMost(ofSeconds(40)).untilAsserted(() -> {
            Span edge = span("gateway", "http post /api/users", CALLER);
            Span route = span("gateway", "HTTP POST", edge.id());
            Span request = span("user-service", "http post /api/users", route.id());
            Span waiting = span("user-service", "outbox user-events", request.id());
            span("post-service", "user-events process", waiting.id());
            Span heard = span("notification-service", "user-events process", waiting.id());
            Span sent = span("notification-service", "smtp send", heard.id());
            assertThat(sent.endNanos()).isGreaterThan(edge.endNanos());
        });
    }

    @Test
    void showsWhereALoginSpendsItsTime() throws Exception {
        String email = Client.newAddress();
        assertThat(post("/api/users", Map.of("name", "Ada Lovelace", "email", email, "password", Client.PASSWORD))
                        .statusCode())
                .isEqualTo(201);

        HttpResponse<String> loggedIn = post("/api/auth/login", Map.of("email", email, "password", Client.PASSWORD));

        assertThat(loggedIn.statusCode()).isEqualTo(200);
        await().atMost(ofSeconds(40)).untilAsserted(() -> {
            Span route = span(
                    "gateway",
                    "HTTP POST",
                    span("gateway", "http post /api/auth/login", CALLER).id());
            Span request = span("user-service", "http post /api/auth/login", route.id());
            Span hash = span("user-service", "password hash", request.id());
            span("user-service", "sql select", request.id());
            span("user-service", "redis", request.id());
            assertThat(hash.startNanos()).isBetween(request.startNanos(), request.endNanos());
        });
    }

    @Test
    void saysWhichInstanceOfWhichVersionDidIt() throws Exception {
        assertThat(register().statusCode()).isEqualTo(201);

        await().atMost(ofSeconds(40)).untilAsserted(() -> {
            Span edge = span("gateway", "http post /api/users", CALLER);
            assertThat(edge.source().instance())
                    .matches("gateway:[\\d.]+:" + SUITE.settings().port(Port.GATEWAY));
            assertThat(edge.source().version()).matches("\\d+\\.\\d+.*");
        });
    }

    @Test
    void sendsTheLinesOfItsLogToo() throws Exception {
        assertThat(register().statusCode()).isEqualTo(201);

        await().atMost(ofSeconds(40))
                .untilAsserted(() -> assertThat(SharedSuite.TRACES.lines(trace)).anySatisfy(line -> {
                    assertThat(line.source().service()).isEqualTo("user-service");
                    assertThat(line.text()).startsWith("user.created ");
                }));
    }

    private Span span(String service, String name, String parent) {
        List<Span> trace = SharedSuite.TRACES.trace(this.trace);
        return trace.stream()
                .filter(span -> span.service().equals(service))
                .filter(span -> span.name().equals(name))
                .filter(span -> span.parent().equals(parent))
                .findAny()
                .orElseThrow(
                        () -> new AssertionError("No %s of %s after %s in %s".formatted(name, service, parent, trace)));
    }

    private HttpResponse<String> register() throws InterruptedException {
        return post(
                "/api/users",
                Map.of("name", "Ada Lovelace", "email", Client.newAddress(), "password", Client.PASSWORD));
    }

    private HttpResponse<String> post(String path, Map<String, String> body) throws InterruptedException {
        return Http.send(HttpRequest.newBuilder(SUITE.settings().url(Port.GATEWAY, path))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-%s-%s-01".formatted(trace, CALLER))
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }
}
