package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** The pods of the chart, which podman runs in their own network. PostgreSQL, Kafka, Redis and the mail server run outside of it. */
final class Cluster {

    private static final String NAME = "herald-cluster-tests";
    private static final String NETWORK = "10.216.0.%s";

    /** Kubernetes' default of a Deployment's progressDeadlineSeconds. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(10);

    private static final Path FOLDER = Path.of("target/pods").toAbsolutePath();

    private final Servers servers = new Servers(NETWORK.formatted(1));
    private final PodSecrets secrets = new PodSecrets(NAME, FOLDER);
    private final Manifests manifests;
    private final List<Pod> pods = new ArrayList<>();
    private int started;

    private Cluster(Helm helm) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>(servers.values());
        values.addAll(secrets.values());
        values.addAll(List.of(
                "image.repository=localhost/herald",
                "podNetwork=" + NETWORK.formatted("0/24"),
                "publicUrl=http://localhost",
                // C1 only: C2 needs more time than a test takes.
                "env[0].name=JDK_JAVA_OPTIONS",
                "env[0].value=-XX:TieredStopAtLevel=1",
                // One replica each, because all pods share the memory of one machine.
                "services.gateway.replicas=1",
                "services.notification-service.replicas=1"));
        manifests = helm.render("values-minimal", values.toArray(String[]::new));
    }

    /** Starts the servers, and creates the network without pods. */
    static Cluster open() throws IOException, InterruptedException, SQLException {
        Cluster cluster = new Cluster(Helm.get());
        cluster.remove();
        Files.createDirectories(FOLDER);
        Podman.run("network", "create", "--subnet", NETWORK.formatted("0/24"), NAME);
        // This machine gets an address in the network when the first pod starts.
        Podman.run("pod", "create", "--name", NAME, "--network", NAME);
        Podman.run("pod", "start", NAME);
        cluster.servers.start();
        cluster.secrets.create();
        return cluster;
    }

    Servers servers() {
        return servers;
    }

    /** Starts as many pods as the chart has replicas, in parallel, and returns when they are ready. */
    void startAll() throws IOException, InterruptedException {
        for (JsonNode workload : manifests.workloads().toList()) {
            for (int replica = 0; replica < workload.at("/spec/replicas").asInt(); replica++) {
                start(Manifests.name(workload), Pod.Access.READ_WRITE);
            }
        }
        for (Pod pod : pods) {
            awaitReady(pod);
        }
    }

    List<Pod> pods(String service) {
        return pods.stream().filter(pod -> pod.service().equals(service)).toList();
    }

    List<Pod> pods() {
        return List.copyOf(pods);
    }

    Pod start(String service, Pod.Access tmp) throws IOException, InterruptedException {
        JsonNode workload = manifests
                .workloads()
                .filter(candidate -> Manifests.name(candidate).equals(service))
                .findFirst()
                .orElseThrow();
        int number = Math.toIntExact(pods.stream()
                        .filter(pod -> pod.service().equals(service))
                        .mapToInt(Pod::number)
                        .max()
                        .orElse(-1)
                + 1);
        Pod pod = new Pod(workload, number, NETWORK.formatted(10 + started++), tmp);
        Path manifest = Files.writeString(
                FOLDER.resolve(pod.name() + ".json"), pod.manifest().toString());
        // podman has no Services, so the names that the chart's Service and StatefulSet give a pod are network aliases.
        String network = "%s:ip=%s,alias=%s,alias=%s.%3$s".formatted(NAME, pod.address(), service, pod.name());
        Podman.run("kube", "play", "--network", network, manifest.toString());
        pods.add(pod);
        return pod;
    }

    /** Waits until the pod is ready: as the kubelet does, for the startup probe first, then for the others. */
    void awaitReady(Pod pod) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        Probe startup = pod.probe("startupProbe");
        Probe readiness = pod.probe("readinessProbe");
        try {
            await().pollInterval(startup.period()).atMost(startup.limit()).until(startup::succeeds);
            await().pollInterval(readiness.period()).atMost(READY_LIMIT).until(readiness::succeeds);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(pod.name() + " is not ready:\n" + log(pod), late);
        }
        System.out.printf(
                "%s is ready, %d s later%n",
                pod.name(), Duration.between(begin, Instant.now()).toSeconds());
    }

    /** Stops a pod, and checks that it ends within its grace period without being killed. */
    void stop(Pod pod) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        // Stops the container, because stopping the pod would end the network first.
        Podman.run("stop", "--time", Long.toString(pod.terminationGracePeriod().toSeconds()), pod.container());
        assertThat(inspect(pod, "{{.State.ExitCode}}"))
                .as(pod.name() + ": SIGTERM")
                .isEqualTo("143");
        System.out.printf(
                "%s stopped in %d s%n",
                pod.name(), Duration.between(begin, Instant.now()).toSeconds());
        remove(pod);
    }

    /** Removes a pod. Its log is kept in the folder of the manifests. */
    void remove(Pod pod) throws IOException, InterruptedException {
        Files.writeString(FOLDER.resolve(pod.name() + ".log"), log(pod));
        Podman.run("pod", "rm", "--force", "--time", "0", pod.name());
        pods.remove(pod);
    }

    String inspect(Pod pod, String format) throws IOException, InterruptedException {
        return Podman.run("inspect", "--format", format, pod.container());
    }

    String log(Pod pod) throws IOException, InterruptedException {
        Program log = Podman.attempt("logs", pod.container());
        return log.output() + log.errors();
    }

    /** Removes the pods and the network, also those that an earlier run left. */
    private void remove() throws IOException, InterruptedException {
        Podman.attempt("network", "rm", "--force", "--time", "0", NAME);
        secrets.remove();
    }

    void close() throws IOException, InterruptedException {
        try {
            for (Pod pod : List.copyOf(pods)) {
                remove(pod);
            }
            servers.close();
        } finally {
            remove();
        }
    }
}
