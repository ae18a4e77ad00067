package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Traffic.Answer;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.Suite;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The registry lists each instance as it is: wrong entries are corrected, and an instance that does not answer is left out. */
@OnTheSharedSuite
class RegistryIT {

    private static final Suite SUITE = SharedSuite.SUITE;

    /** The time in which the registry must be correct again. */
    private static final Duration HEALED = ofSeconds(5);

    enum Registered {
        USER_SERVICE(Port.USER_SERVICE_MANAGEMENT),
        POST_SERVICE(Port.POST_SERVICE_MANAGEMENT),
        NOTIFICATION_SERVICE(Port.NOTIFICATION_SERVICE_MANAGEMENT),
        GATEWAY(Port.GATEWAY_MANAGEMENT);

        private final Port management;

        Registered(Port management) {
            this.management = management;
        }

        String app() {
            return name().replace('_', '-');
        }

        JsonNode entry() throws InterruptedException {
            return Client.json(registry(HttpRequest.newBuilder(url("/eureka/apps/" + app()))))
                    .at("/application/instance/0");
        }

        String status() throws InterruptedException {
            return entry().path("status").asString("MISSING");
        }

        URI entryUrl(String more) throws InterruptedException {
            String id = URLEncoder.encode(entry().get("instanceId").asString(), StandardCharsets.UTF_8);
            return url("/eureka/apps/" + app() + "/" + id + more);
        }

        JsonNode readiness() throws InterruptedException {
            return Client.json(Http.get(SUITE.settings().url(management, "/actuator/health/readiness")));
        }

        double metric(String actual) throws InterruptedException {
            return new Metrics(SUITE.settings())
                    .sum(management, "herald_registry_status", "expected=\"UP\"", "actual=\"" + actual + "\"");
        }
    }

    static Stream<Object[]> wrongStatuses() {
        return Stream.of(Registered.values())
                .flatMap(service ->
                        Stream.of("STARTING", "DOWN", "UNKNOWN").map(status -> new Object[] {service, status}));
    }

    @ParameterizedTest
    @MethodSource("wrongStatuses")
    void aStatusThatSomethingElseSetsIsHealed(Registered service, String status) throws InterruptedException {
        override(service, status);

        awaitUp(service);
    }

    @ParameterizedTest
    @MethodSource("wrongStatuses")
    void aRegistrationInItsPlaceIsHealed(Registered service, String status) throws InterruptedException {
        ObjectNode entry = (ObjectNode) service.entry();
        entry.put("status", status);
        entry.put(
                "lastDirtyTimestamp",
                Long.toString(Instant.now().plusSeconds(60).toEpochMilli()));

        registry(HttpRequest.newBuilder(url("/eureka/apps/" + service.app()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"instance\":" + entry + "}")));

        awaitUp(service);
    }

    @ParameterizedTest
    @EnumSource
    void anOperatorsOutOfServiceIsKeptAndShown(Registered service) throws InterruptedException {
        override(service, "OUT_OF_SERVICE");

        await().atMost(HEALED).untilAsserted(() -> {
            JsonNode readiness = service.readiness();
            assertThat(readiness.path("status").asString()).isEqualTo("OUT_OF_SERVICE");
            assertThat(readiness.at("/components/registry/details/expected").asString())
                    .isEqualTo("UP");
            assertThat(readiness.at("/components/registry/details/actual").asString())
                    .isEqualTo("OUT_OF_SERVICE");
            assertThat(service.metric("OUT_OF_SERVICE")).isEqualTo(1);
        });
        await().during(ofSeconds(4))
                .atMost(ofSeconds(6))
                .until(() -> service.status().equals("OUT_OF_SERVICE"));

        registry(HttpRequest.newBuilder(service.entryUrl("/status")).DELETE());

        awaitUp(service);
        assertThat(service.metric("OUT_OF_SERVICE")).isZero();
    }

    @Test
    @SlowTest
    void noRequestFailsWhileDiscoveryIsRestartedTwice() throws InterruptedException {
        try (Traffic traffic = new Traffic(new Client(SUITE.settings()))) {
            awaitGood(traffic);
            for (int restart = 0; restart < 2; restart++) {
                SUITE.restart("discovery");
                for (Registered service : Registered.values()) {
                    await().atMost(ofMinutes(1)).until(() -> service.status().equals("UP"));
                }
            }
            // Until the retained lists of instances have expired.
            await().atMost(ofMinutes(1)).until(() -> traffic.count() > 50 * 20);

            List<Answer> answers = traffic.nextPart();
            System.out.printf("%d requests around two restarts of discovery%n", answers.size());
            assertThat(answers).allMatch(Answer::isGood);
        }
    }

    @Test
    @SlowTest
    void oneOfTwoInstancesThatIsFrozenStopsNoReadAndNoWriteOfTheOther() throws InterruptedException {
        SUITE.scale("post-service", 2);
        try (Traffic traffic = new Traffic(new Client(SUITE.settings()))) {
            awaitGood(traffic);
            // Both instances have had their full share of requests for a while.
            await().atMost(ofMinutes(1)).until(() -> traffic.count() > 50 * 30);
            awaitGood(traffic);
            double retries = retries();
            Instant frozen = Instant.now();
            SUITE.pause("post-service-2");
            List<Answer> meanwhile;
            try {
                await().atMost(ofMinutes(1)).until(() -> Instant.now().isAfter(frozen.plusSeconds(12)));
            } finally {
                SUITE.resume("post-service-2");
            }
            meanwhile = traffic.nextPart();
            double retried = retries() - retries;
            List<Answer> failed =
                    meanwhile.stream().filter(answer -> !answer.isGood()).toList();
            System.out.printf("%d requests in 12 s, %.0f retries, failed: %s%n", meanwhile.size(), retried, failed);

            assertThat(failed)
                    .noneMatch(Answer::isRead)
                    .allMatch(write -> write.sentAt().isBefore(frozen.plusSeconds(2)));
            assertThat(retried).isPositive().isLessThanOrEqualTo(meanwhile.size() * 0.2);
            awaitGood(traffic);
        } finally {
            SUITE.scale("post-service", 1);
        }
    }

    private static void awaitGood(Traffic traffic) {
        await().atMost(ofMinutes(3)).until(() -> {
            await().atMost(ofMinutes(1)).until(() -> traffic.count() >= 200);
            return traffic.nextPart().stream().allMatch(Answer::isGood);
        });
    }

    private static double retries() throws InterruptedException {
        return new Metrics(SUITE.settings()).sum(Port.GATEWAY_MANAGEMENT, "herald_gateway_retries_total");
    }

    private static void override(Registered service, String status) throws InterruptedException {
        registry(HttpRequest.newBuilder(service.entryUrl("/status?value=" + status))
                .PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private static void awaitUp(Registered service) {
        await("%s UP in the registry".formatted(service.name().toLowerCase(Locale.ROOT)))
                .atMost(HEALED)
                .until(() -> service.status().equals("UP"));
        await().atMost(HEALED)
                .until(() -> service.readiness().path("status").asString().equals("UP"));
    }

    private static HttpResponse<String> registry(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> answer = Http.send(request.header("Accept", "application/json"));
        assertThat(answer.statusCode()).isIn(200, 204, 404);
        return answer;
    }

    private static URI url(String path) {
        return SUITE.settings().url(Port.DISCOVERY, path);
    }
}
