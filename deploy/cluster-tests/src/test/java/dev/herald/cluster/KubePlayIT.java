package dev.herald.cluster;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;

/** Runs the pods of the chart with {@code podman kube play}. A pod counts as ready only by its declared probes. */
@EnabledIfEnvironmentVariable(
        named = "HERALD_CLUSTER_TESTS",
        matches = "true",
        disabledReason = "It needs root, podman and the images of ./herald images, 4 GiB and some minutes;"
                + " HERALD_CLUSTER_TESTS=true mvn verify runs it too")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubePlayIT {

    private static final List<String> UPDATED = List.of("user-service", "post-service", "gateway");

    private static Cluster cluster;

    private static Client client;

    private static Instant begin;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        cluster = Cluster.open();
        begin = Instant.now();
        cluster.startAll();
        client = new Client(cluster.pods("gateway").getFirst());
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void aUserRegistersLogsInPostsAndIsWelcomed() throws IOException, InterruptedException {
        Client.Member ada = client.member();
        JsonNode post = Client.json(client.post(ada), 201);

        assertThat(post.at("/author/id").asString()).isEqualTo(ada.id());
        await().atMost(ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(cluster.servers().emails(ada.email())).containsExactly("Welcome to Herald"));
        System.out.printf("First email %d s after the start of the pods%n", since(begin));
        for (Pod pod : cluster.pods()) {
            Probe liveness = pod.probe("livenessProbe");
            await(pod.name())
                    .pollDelay(Duration.ZERO)
                    .pollInterval(liveness.period())
                    .atMost(liveness.limit())
                    .until(liveness::succeeds);
        }
    }

    @Test
    @Order(2)
    void anAccountIsVerifiedAndRecoveredByMailAndEveryPodRefusesItsOldToken() throws IOException, InterruptedException {
        new Journeys(cluster, client).anAccountByMail();
    }

    @Test
    @Order(3)
    void aPostIsReadByItsTagAndGoesWithItsAuthor() throws IOException, InterruptedException {
        new Journeys(cluster, client).aPostAndItsAuthor();
    }

    @Test
    @Order(4)
    void theGatewayRefusesLimitsAndDescribes() throws IOException, InterruptedException {
        new Journeys(cluster, client).theGateway();
    }

    @Test
    @Order(5)
    void noRequestFailsDuringARollingUpdate() throws IOException, InterruptedException {
        // Warms up the JVMs, whose first requests are slow.
        try (Load warmUp = new Load(client)) {
            await().atMost(ofMinutes(2)).until(() -> warmUp.answered() > 250);
        }
        Load load = new Load(client);
        try (load) {
            for (String service : UPDATED) {
                replacePodsOf(service);
            }
        }

        System.out.printf("%d requests during the rolling update, failed: %s%n", load.answered(), load.failed());
        assertThat(load.failed()).isEmpty();
    }

    /** Replaces pods as with maxSurge 1 and maxUnavailable 0: one after the other, and the new pod is ready before the old one stops. */
    private static void replacePodsOf(String service) throws IOException, InterruptedException {
        for (Pod old : cluster.pods(service)) {
            Pod next = cluster.start(service, Pod.Access.READ_WRITE);
            cluster.awaitReady(next);
            await().during(next.minReady())
                    .atMost(ofMinutes(1))
                    .pollInterval(ofSeconds(1))
                    .until(next.probe("readinessProbe")::succeeds);
            if (service.equals("gateway")) {
                client.use(next);
            }
            cluster.stop(old);
        }
    }

    @Test
    @Order(6)
    void restartsAPodThatIsKilledForItsMemoryAndLosesNothing() throws IOException, InterruptedException {
        Pod victim = cluster.pods("user-service").getFirst();
        List<String> accepted = new ArrayList<>();

        exhaustMemoryOf(victim);
        while (restarts(victim) == 0 || accepted.size() < 10) {
            String address = Client.newAddress();
            HttpResponse<String> registration = client.register(address);
            if (registration.statusCode() == 201) {
                accepted.add(address);
            }
        }

        cluster.awaitReady(victim);
        assertThat(exitCodes(victim)).isEqualTo("137");
        assertThat(accepted)
                .allSatisfy(address -> await().atMost(ofMinutes(1))
                        .untilAsserted(() ->
                                assertThat(cluster.servers().emails(address)).containsExactly("Welcome to Herald")));
        System.out.printf("%d registrations around the kill, each with its email%n", accepted.size());
    }

    /** Starts another JVM in the container, so that both exceed the memory limit. The kernel kills the larger one, which is the service. */
    private static void exhaustMemoryOf(Pod pod) throws IOException, InterruptedException {
        Podman.run(
                "exec", "--detach", pod.container(), "java", "-Xms600m", "-Xmx600m", "-XX:+AlwaysPreTouch", "-version");
    }

    @Test
    @Order(7)
    void saysThatItsFileSystemIsReadOnlyAndRestarts() throws IOException, InterruptedException {
        Pod broken = cluster.start("post-service", Pod.Access.READ_ONLY);

        await().atMost(ofMinutes(2)).pollInterval(ofSeconds(1)).until(() -> restarts(broken) > 0);

        assertThat(cluster.log(broken)).contains("Read-only file system");
        cluster.remove(broken);
    }

    private static int restarts(Pod pod) throws IOException, InterruptedException {
        return Integer.parseInt(cluster.inspect(pod, "{{.RestartCount}}"));
    }

    private static String exitCodes(Pod pod) throws IOException, InterruptedException {
        return Podman.run(
                "events",
                "--stream=false",
                "--filter=container=" + cluster.inspect(pod, "{{.Id}}"),
                "--filter=event=died",
                "--format={{.ContainerExitCode}}");
    }

    private static long since(Instant start) {
        return Duration.between(start, Instant.now()).toSeconds();
    }
}
