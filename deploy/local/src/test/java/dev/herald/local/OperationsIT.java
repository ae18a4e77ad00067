package dev.herald.local;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** The management port of every service. */
@OnTheSharedSuite
class OperationsIT {

    private static final Suite SUITE = SharedSuite.SUITE;
    private static final Client CLIENT = new Client(SUITE.settings());

    static final Map<String, Port> SERVICES = Map.of(
            "gateway", Port.GATEWAY_MANAGEMENT,
            "user-service", Port.USER_SERVICE_MANAGEMENT,
            "post-service", Port.POST_SERVICE_MANAGEMENT,
            "notification-service", Port.NOTIFICATION_SERVICE_MANAGEMENT,
            "discovery", Port.DISCOVERY_MANAGEMENT);

    static final List<String> NAMES = SERVICES.keySet().stream().sorted().toList();

    private static Port management(String service) {
        return Objects.requireNonNull(SERVICES.get(service));
    }

    /** Makes metrics and log lines to look at. */
    @BeforeAll
    static void use() throws InterruptedException {
        Client.Member ada = CLIENT.register();
        Client.Tokens tokens = CLIENT.logIn(ada);
        CLIENT.json("/api/users/" + ada.id() + "?include=posts", tokens);
        CLIENT.get("/api/posts/" + ada.id(), tokens);
        CLIENT.get("/api/notifications", tokens);
        Http.get(SUITE.settings().url(Port.DISCOVERY, "/"));
        Http.get(SUITE.settings().url(Port.GATEWAY, "/api/nothing/" + ada.id()));
    }

    @Nested
    class Metrics {

        private static final List<String> OF_ALL = List.of(
                "herald_build_info",
                "jvm_memory_used_bytes",
                "jvm_gc_pause_seconds_count",
                "jvm_threads_live_threads",
                "process_cpu_usage",
                "logback_events_total");

        private static final List<String> OF_ALL_WITH_TOKENS = List.of(
                "herald_revocations_age_seconds",
                "herald_revocations_known",
                "herald_revocations_unreadable_total",
                "lettuce_command_completion_seconds_count");

        private static final List<String> OF_A_DATABASE = List.of(
                "hikaricp_connections_active",
                "hikaricp_connections_pending",
                "hikaricp_connections_timeout_total",
                "herald_purged_rows_total");

        private static final List<String> OF_AN_OUTBOX = List.of(
                "herald_outbox_pending",
                "herald_outbox_parked",
                "herald_outbox_oldest_age_seconds",
                "herald_outbox_published_total",
                "herald_outbox_publish_latency_seconds_bucket");

        private static final List<String> OF_A_CONSUMER = List.of(
                "herald_inbox_events_total{consumer,type,outcome}",
                "herald_dead_letters_total{topic,consumer}",
                "kafka_consumer_fetch_manager_records_lag_max",
                "kafka_consumer_coordinator_assigned_partitions");

        private static final Map<String, List<String>> EXPECTED = Map.of(
                "discovery",
                all(OF_ALL, List.of("http_server_requests_seconds_bucket{method,uri,status,le}")),
                "gateway",
                all(
                        OF_ALL,
                        OF_ALL_WITH_TOKENS,
                        List.of(
                                "http_server_requests_seconds_bucket{method,uri,status,le}",
                                "spring_cloud_gateway_requests_seconds_bucket{spring_cloud_gateway_route_id,le}",
                                "resilience4j_circuitbreaker_state{name,state}")),
                "user-service",
                all(
                        OF_ALL,
                        OF_ALL_WITH_TOKENS,
                        OF_A_DATABASE,
                        OF_AN_OUTBOX,
                        List.of(
                                "herald_revocations_publish_age_seconds",
                                "http_server_requests_seconds_bucket{method,uri,status,le}",
                                "herald_users_registered_total",
                                "herald_logins_total{outcome}",
                                "herald_cache_requests_total{outcome}",
                                "resilience4j_circuitbreaker_state{name,state}",
                                "resilience4j_bulkhead_available_concurrent_calls{name}",
                                "resilience4j_retry_calls_total{name,kind}")),
                "post-service",
                all(
                        OF_ALL,
                        OF_ALL_WITH_TOKENS,
                        OF_A_DATABASE,
                        OF_AN_OUTBOX,
                        OF_A_CONSUMER,
                        List.of(
                                "http_server_requests_seconds_bucket{method,uri,status,le}",
                                "resilience4j_circuitbreaker_state{name,state}")),
                "notification-service",
                all(
                        OF_ALL,
                        OF_ALL_WITH_TOKENS,
                        OF_A_DATABASE,
                        OF_A_CONSUMER,
                        List.of(
                                "http_server_requests_seconds_bucket{method,uri,status,le}",
                                "herald_emails_total{type,outcome}",
                                "herald_email_delivery_latency_seconds_bucket{type,le}",
                                "resilience4j_circuitbreaker_state{name,state}",
                                "resilience4j_ratelimiter_available_permissions{name}")));

        @SafeVarargs
        private static List<String> all(List<String>... lists) {
            List<String> all = new ArrayList<>();
            for (List<String> list : lists) {
                all.addAll(list);
            }
            return all;
        }

        @ParameterizedTest
        @FieldSource("dev.herald.local.OperationsIT#NAMES")
        void areAllThere(String service) throws InterruptedException {
            List<String> samples = samples(service);

            assertThat(EXPECTED.getOrDefault(service, List.of()))
                    .allSatisfy(metric -> assertThat(samples).anyMatch(sample -> is(sample, metric)));
        }

        /** Whether a sample is of this metric and has these labels. */
        private static boolean is(String sample, String metric) {
            String name = metric.replaceFirst("\\{.*", "");
            String labels = metric.contains("{") ? metric.replaceAll(".*\\{|}", "") : "application";
            return sample.startsWith(name + "{")
                    && Stream.of(labels.split(",", -1)).allMatch(label -> sample.contains(label + "=\""));
        }

        @ParameterizedTest
        @FieldSource("dev.herald.local.OperationsIT#NAMES")
        void nameTheirApplicationAndNoIdAndNothingOfTheManagementPort(String service) throws InterruptedException {
            assertThat(samples(service))
                    .allSatisfy(sample -> assertThat(sample).contains("application=\"%s\"".formatted(service)))
                    .noneMatch(Pattern.compile("uri=\"[^\"]*\\d{3,}").asPredicate())
                    .noneMatch(sample -> sample.contains("uri=\"/actuator"))
                    .noneMatch(sample -> sample.contains("uri=\"/eureka"))
                    .noneMatch(sample -> sample.contains("_active_seconds"));
        }

        @Test
        void haveAsManyBucketsAsTheObjectivesNeed() throws InterruptedException {
            List<String> bounds = samples("gateway").stream()
                    .filter(sample -> sample.startsWith("http_server_requests_seconds_bucket"))
                    .map(sample -> sample.replaceAll(".*le=\"([^\"]*)\".*", "$1"))
                    .distinct()
                    .toList();

            assertThat(bounds).contains("0.25").hasSizeLessThanOrEqualTo(12);
        }

        @Test
        void leadToATrace() throws InterruptedException {
            HttpRequest.Builder scrape = HttpRequest.newBuilder(
                            SUITE.settings().url(Port.GATEWAY_MANAGEMENT, "/actuator/prometheus"))
                    .header("Accept", "application/openmetrics-text; version=1.0.0");

            await().atMost(ofSeconds(20)).untilAsserted(() -> {
                Http.send(HttpRequest.newBuilder(SUITE.settings().url(Port.GATEWAY, "/api/users/me"))
                        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
                assertThat(Http.send(scrape.copy()).body().lines())
                        .anyMatch(line ->
                                line.startsWith("http_server_requests_seconds_bucket") && line.contains("trace_id="));
            });
        }

        private static List<String> samples(String service) throws InterruptedException {
            return get(service, "/actuator/prometheus")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Nested
    class Information {

        @ParameterizedTest
        @FieldSource("dev.herald.local.OperationsIT#NAMES")
        void saysWhatIsRunning(String service) throws InterruptedException {
            JsonNode info = Client.json(get(service, "/actuator/info"));

            assertThat(info.at("/build/artifact").asString()).isEqualTo(service);
            assertThat(info.at("/build/version").asString()).isNotEmpty();
            assertThat(info.at("/java/version").asString()).startsWith("25");
            assertThat(info.at("/spring-boot/version").asString()).startsWith("4.");
            // Unknown in a checkout without its history.
            assertThat(info.at("/git/commit/id").asString(""))
                    .matches(Files.exists(Checkout.root().resolve(".git")) ? "[0-9a-f]{7,40}" : "");
        }
    }

    @Nested
    class Health {

        @ParameterizedTest
        @FieldSource("dev.herald.local.OperationsIT#NAMES")
        void hasAProbeForEachPhaseOfALife(String service) throws InterruptedException {
            for (String phase : List.of("startup", "liveness", "readiness")) {
                assertThat(Client.json(get(service, "/actuator/health/" + phase))
                                .get("status")
                                .asString())
                        .as(phase)
                        .isEqualTo("UP");
            }
        }

        @Test
        void isReadyWhenItIsRegisteredHearsItsTopicsAndKnowsItsRoutes() throws InterruptedException {
            assertThat(readiness("gateway")).containsExactlyInAnyOrder("readinessState", "registry", "routes");
            assertThat(readiness("user-service")).containsExactlyInAnyOrder("readinessState", "registry");
            assertThat(readiness("post-service")).containsExactlyInAnyOrder("readinessState", "registry", "consumer");
            assertThat(readiness("discovery")).containsExactly("readinessState");
        }

        private static List<String> readiness(String service) throws InterruptedException {
            return List.copyOf(Client.json(get(service, "/actuator/health/readiness"))
                    .get("components")
                    .propertyNames());
        }

        @Test
        void andAllElseIsWhereTheRunbooksLookForIt() throws InterruptedException {
            for (Runbooks.Call call : Runbooks.calls()) {
                assertThat(Http.get(SUITE.settings().url(call.port(), call.path()))
                                .statusCode())
                        .as(call.toString())
                        .isEqualTo(200);
            }
        }

        @Test
        void showsRedisAsADetailOnly() throws Exception {
            SharedSuite.without("redis", () -> {
                await().atMost(ofSeconds(20)).untilAsserted(() -> {
                    HttpResponse<String> health = get("user-service", "/actuator/health");
                    assertThat(health.statusCode()).isEqualTo(200);
                    assertThat(Client.json(health)
                                    .at("/components/revocations/details/upToDate")
                                    .asBoolean(true))
                            .isFalse();
                });
            });
        }
    }

    @Nested
    class Logs {

        private static final String ACCESS = "dev.herald.gateway.access";

        @Test
        void haveALineForEveryRequest() throws InterruptedException {
            String id = "a-request-of-" + System.nanoTime();

            HttpResponse<String> refused = Http.send(HttpRequest.newBuilder(
                            SUITE.settings().url(Port.GATEWAY, "/api/posts?authorEmail=ada%40example.com"))
                    .header("X-Request-Id", id));

            String trace = Client.json(refused).get("traceId").asString();
            // The line is written after the response.
            await().untilAsserted(() -> assertThat(lines("gateway").filter(line -> line.contains(id)))
                    .singleElement()
                    .asString()
                    .containsPattern("GET /api/posts 401 in \\d+ ms, request " + id + ", trace " + trace + ", client ")
                    .doesNotContain("authorEmail"));
        }

        @Test
        void sayMoreOrLessWithoutARestart() throws InterruptedException {
            String logger = "/actuator/loggers/" + ACCESS;
            String id = "a-request-of-" + System.nanoTime();
            assertThat(Http.get(SUITE.settings().url(Port.GATEWAY, logger)).statusCode())
                    .isEqualTo(404);

            assertThat(Http.post(SUITE.settings().url(Port.GATEWAY_MANAGEMENT, logger), "{\"configuredLevel\":\"OFF\"}")
                            .statusCode())
                    .isEqualTo(204);
            Http.send(HttpRequest.newBuilder(SUITE.settings().url(Port.GATEWAY, "/api/users/me"))
                    .header("X-Request-Id", id));
            Http.post(SUITE.settings().url(Port.GATEWAY_MANAGEMENT, logger), "{\"configuredLevel\":null}");
            String next = id + "-and-the-next";
            Http.send(HttpRequest.newBuilder(SUITE.settings().url(Port.GATEWAY, "/api/users/me"))
                    .header("X-Request-Id", next));

            await().untilAsserted(() -> assertThat(lines("gateway")).anyMatch(line -> line.contains(next)));
            assertThat(lines("gateway")).noneMatch(line -> line.contains(id + ","));
        }

        /** Secrets that are only known here; {@link SecretsCheck} looks for all others at the end. */
        @Test
        void holdNothingThatIsSecretOrAnybodysOwn() throws Exception {
            Client.Member ada = CLIENT.register();
            Client.Tokens tokens = CLIENT.logIn(ada);
            Client.Tokens refreshed = Client.Tokens.of(CLIENT.refresh(tokens));
            CLIENT.logIn(ada.email(), "not " + Client.PASSWORD);
            CLIENT.post(
                    "/api/users", Map.of("name", "", "email", "no address", "password", Client.PASSWORD, "more", 1));
            CLIENT.put(
                    "/api/users/me/password",
                    refreshed,
                    Map.of("currentPassword", Client.PASSWORD, "newPassword", Client.NEW_PASSWORD));
            CLIENT.get("/api/posts?authorEmail=" + ada.email(), refreshed);
            CLIENT.write(Client.NewPost.draft("For nobody's eyes"), refreshed);
            CLIENT.logOut(refreshed);
            Inbox inbox = new Inbox(SUITE.settings());
            await().atMost(ofSeconds(40)).until(() -> inbox.of(ada.email()).size() == 2);

            assertThat(SecretsCheck.linesOf(SUITE.settings().home()))
                    .noneMatch(line -> Stream.of(
                                    tokens.refresh(), refreshed.refresh(), ada.email(), "authorEmail", "Hello Ada")
                            .anyMatch(line::contains));
        }

        /** Its whole log since the suite was started. */
        private static Stream<String> lines(String service) {
            try {
                return Files.readAllLines(SUITE.settings().home().log(service).path()).stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static HttpResponse<String> get(String service, String path) throws InterruptedException {
        HttpResponse<String> response = Http.get(SUITE.settings().url(management(service), path));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }
}
