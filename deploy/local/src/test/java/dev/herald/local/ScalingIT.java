package dev.herald.local;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Tokens;
import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.ComponentStatus;
import dev.herald.local.suite.State;
import dev.herald.local.suite.Suite;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances of one service share the work, and take over that of an instance that stops. */
@OnTheSharedSuite
class ScalingIT {

    private static final Suite SUITE = SharedSuite.SUITE;

    private static final Client CLIENT = new Client(SUITE.settings());

    private Tokens reader = new Tokens("", "");

    @AfterAll
    static void scaleToOne() throws InterruptedException {
        SUITE.scale("post-service", 1);
    }

    @BeforeEach
    void scaleToTwo() throws InterruptedException {
        SUITE.scale("post-service", 2);
        reader = CLIENT.logIn(CLIENT.register());
    }

    @Test
    void twoRegisterAndShareTheLoad() throws InterruptedException {
        assertThat(SUITE.status())
                .filteredOn(component -> component.name().startsWith("post-service"))
                .allMatch(component -> component.state() == State.UP)
                .extracting(ComponentStatus::address)
                .containsExactly(
                        Port.describe(instance("post-service").ports()),
                        Port.describe(instance("post-service-2").ports()));
        await().untilAsserted(() -> assertThat(registered()).hasSize(2).doesNotHaveDuplicates());

        awaitSharing();
    }

    @Test
    void oneGoesOnWhenTheOtherStops() throws Exception {
        awaitSharing();

        SUITE.stop("post-service-2");

        await().untilAsserted(() -> assertThat(registered()).hasSize(1));
        // Also through the gateway, once it has the instance.
        await().untilAsserted(() -> {
            for (int request = 0; request < 20; request++) {
                assertThat(CLIENT.get("/api/authors", reader).statusCode()).isEqualTo(200);
            }
        });
        assertThat(SUITE.status())
                .filteredOn(component -> component.name().equals("post-service-2"))
                .extracting(ComponentStatus::state)
                .containsExactly(State.STOPPED);

        assertThat(new CommandLine(SUITE.settings())
                        .run("scale", "post-service", "1")
                        .exitCode())
                .isZero();

        assertThat(SUITE.status())
                .extracting(ComponentStatus::name)
                .contains("post-service")
                .doesNotContain("post-service-2");
        assertThatExceptionOfType(BadUsage.class).isThrownBy(() -> SUITE.start("post-service-2"));
    }

    /** The gateway learns of a new instance within seconds, and then calls the instances in turn. */
    private void awaitSharing() throws InterruptedException {
        double first = served("post-service");
        double second = served("post-service-2");
        await().atMost(ofSeconds(20)).until(() -> {
            assertThat(CLIENT.get("/api/authors", reader).statusCode()).isEqualTo(200);
            return served("post-service") > first && served("post-service-2") > second;
        });
    }

    /** The ids of post-service's instances in the registry. */
    private static List<String> registered() throws InterruptedException {
        HttpResponse<String> application =
                Http.send(HttpRequest.newBuilder(SUITE.settings().url(Port.DISCOVERY, "/eureka/apps/POST-SERVICE"))
                        .header("Accept", "application/json"));
        return Client.json(application).findValuesAsString("instanceId");
    }

    /** The number of lists of authors that one instance has served. */
    private static double served(String instance) throws InterruptedException {
        return Http.get(instance(instance).settings().url(Port.POST_SERVICE_MANAGEMENT, "/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
                .filter(line -> line.contains("uri=\"/api/authors\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static Service instance(String name) {
        return SUITE.components().services().stream()
                .filter(service -> service.name().equals(name))
                .findAny()
                .orElseThrow();
    }
}
