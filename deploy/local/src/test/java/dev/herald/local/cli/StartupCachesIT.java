package dev.herald.local.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client;
import dev.herald.local.Client.Tokens;
import dev.herald.local.CommandLine;
import dev.herald.local.SlowTest;
import dev.herald.local.TestSettings;
import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import dev.herald.local.server.UnpackedJar;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.RunRecord;
import dev.herald.local.suite.RunRecords;
import dev.herald.local.suite.Suite;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start-up caches are made while a suite runs on a busy machine, and do not affect it. */
class StartupCachesIT {

    private static final List<String> APPLICATIONS =
            List.of("USER-SERVICE", "POST-SERVICE", "NOTIFICATION-SERVICE", "GATEWAY");

    private static final Duration BUSY = Duration.ofMillis(80);

    @Test
    @SlowTest
    void noRequestFailsAndEveryInstanceStaysUpWhileTheyAreMade(@TempDir Path home) throws Exception {
        Suite suite = new Suite(settings(home));
        for (Service service : suite.components().jvms()) {
            Files.deleteIfExists(new UnpackedJar(Checkout.serviceJar(service.module())).startupCache());
        }
        List<Thread> load = new ArrayList<>();
        try {
            suite.up();
            for (int processor = 0; processor < Runtime.getRuntime().availableProcessors(); processor++) {
                load.add(Thread.ofPlatform().daemon().start(StartupCachesIT::beBusy));
            }
            Queue<String> failed = new ConcurrentLinkedQueue<>();
            AtomicInteger sent = new AtomicInteger();
            try (ScheduledExecutorService requests = Executors.newScheduledThreadPool(10)) {
                Client client = new Client(suite.settings());
                Tokens tokens = client.logIn(client.register());
                ScheduledFuture<?> beat = requests.scheduleAtFixedRate(
                        () -> requests.execute(() -> {
                            String path = sent.getAndIncrement() % 2 == 0 ? "/api/users/me" : "/api/posts";
                            send(client, path, tokens, failed);
                        }),
                        0,
                        200,
                        TimeUnit.MILLISECONDS);

                CommandLine.Answer caches = new CommandLine(suite.settings()).run("caches");
                assertThat(caches.exitCode()).as(caches.text()).isZero();
                beat.cancel(false);
            }

            System.out.printf("%d requests while the caches were made, failed: %s%n", sent.get(), failed);
            assertThat(failed).isEmpty();
            assertThat(suite.hasStartupCaches()).isTrue();
            for (String application : APPLICATIONS) {
                await().atMost(ofSeconds(10))
                        .until(() -> statuses(suite, application).equals(List.of("UP")));
            }
            assertTheNextStartUsesACache(suite);
        } finally {
            load.forEach(Thread::interrupt);
            suite.down();
        }
    }

    private static void assertTheNextStartUsesACache(Suite suite) throws Exception {
        CommandLine.Answer restart = new CommandLine(suite.settings()).run("restart", "discovery");
        assertThat(restart.exitCode()).as(restart.text()).isZero();
        ProcessHandle discovery = new RunRecords(suite.settings().home().run())
                .find("discovery")
                .flatMap(RunRecord::process)
                .orElseThrow();
        assertThat(discovery.info().arguments().orElseThrow())
                .anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
        // A JVM that cannot use its start-up cache logs that, and runs without it.
        assertThat(suite.settings().home().log("discovery").lastLines()).noneMatch(line -> line.contains("[aot]"));
    }

    private static Settings settings(Path home) {
        Map<String, String> environment =
                new HashMap<>(TestSettings.onFreePorts(home).environment());
        environment.put("HERALD_SESSION_ACCESS_TOKEN", "2h");
        return new Settings(environment);
    }

    /** Leaves a fifth of a processor free, so that a process with a lower priority ends within minutes. */
    private static void beBusy() {
        while (!Thread.currentThread().isInterrupted()) {
            long end = System.nanoTime() + BUSY.toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(BUSY.dividedBy(4).toNanos());
        }
    }

    private static void send(Client client, String path, Tokens tokens, Queue<String> failed) {
        try {
            int status = client.get(path, tokens).statusCode();
            if (status != 200) {
                failed.add(path + " " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed.add(path + " " + e);
        }
    }

    private static List<String> statuses(Suite suite, String application) throws InterruptedException {
        return Client.json(Http.send(
                        HttpRequest.newBuilder(suite.settings().url(Port.DISCOVERY, "/eureka/apps/" + application))
                                .header("Accept", "application/json")))
                .findValuesAsString("status");
    }
}
