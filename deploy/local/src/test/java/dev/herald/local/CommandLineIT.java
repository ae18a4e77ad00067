package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.CommandLine.Answer;
import dev.herald.local.CommandLine.Running;
import dev.herald.local.process.ListeningSocket;
import dev.herald.local.process.SearchPath;
import dev.herald.local.process.Signal;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.RunRecord;
import dev.herald.local.suite.RunRecords;
import dev.herald.local.suite.Suite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code ./herald}, as a user calls it. */
class CommandLineIT {

    private final Settings settings;
    private final CommandLine terminal;

    CommandLineIT(@TempDir Path folder) {
        settings = TestSettings.onFreePorts(folder.resolve("home with spaces"));
        terminal = new CommandLine(settings);
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        new Suite(settings).down();
        assertThat(Port.values()).allMatch(port -> TestSettings.isFree(settings.port(port)));
    }

    @Test
    void saysWhatItCanDo() throws Exception {
        Answer help = herald("help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.text()).contains("up", "down", "status", "logs", "demo", "restart", "reset", "HERALD_HOME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "stop",
                "stop everything",
                "up --detatch",
                "status now",
                "logs nope",
                "logs --since never",
                "logs --grep (",
                "trace xyz",
                "scale post-service 9",
                "replay gateway",
                "replay nobody",
                "deadletters gateway",
                "deadletters nobody replay all",
                "deadletters post-service forget all",
                "deadletters post-service replay",
                "deadletters post-service discard all",
                "help nothing",
                "scale post-service",
                "chaos --seed"
            })
    void doesNotGuess(String commandLine) throws Exception {
        Answer answer = herald(commandLine.isEmpty() ? new String[0] : commandLine.split(" ", -1));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.text().lines())
                .as("the usage, and what is wrong")
                .hasSize(2)
                .first()
                .asString()
                .startsWith("Usage: ./herald");
    }

    @Test
    void explainsOneCommandAndItsVersion() throws Exception {
        assertThat(herald("help", "logs").text())
                .startsWith("Usage: ./herald logs")
                .contains("--since", "--errors");
        assertThat(herald("logs", "--help")).isEqualTo(herald("help", "logs"));
        assertThat(herald("version").text()).contains("Herald 1.", "JDK 25");
    }

    @Test
    void isFoundThroughLinks(@TempDir Path folder) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin ä"));
        Files.createSymbolicLink(folder.resolve("first"), Checkout.root().resolve("herald"));
        Path link = Files.createSymbolicLink(bin.resolve("herald"), Path.of("../first"));

        Process process = new ProcessBuilder(link.toString(), "version")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(text).isZero();
        assertThat(text).contains("Herald 1.");
        assertThat(folder).isDirectoryNotContaining("glob:**deploy");
    }

    @Test
    void saysThatNothingRuns() throws Exception {
        Answer status = herald("status");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.text()).contains("Herald is not running");
        assertThat(herald("down").exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "discovery", "postgres"})
    void scalesOnlyWhatIsFoundByItsName(String component) throws Exception {
        Answer scale = herald("scale", component, "2");

        assertThat(scale.exitCode()).isEqualTo(2);
        assertThat(scale.text())
                .contains(component + " cannot be scaled", "user-service, post-service, notification-service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"scale post-service 2", "replay post-service", "deadletters post-service replay user-events/0/1"
            })
    void changesOnlyWhatRuns(String commandLine) throws Exception {
        Answer answer = herald(commandLine.split(" ", -1));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text()).contains("Herald is not running");
    }

    @Test
    void namesATakenPortBeforeAnythingStarts() throws Exception {
        try (ServerSocket taken = new ServerSocket(settings.port(Port.REDIS), 1, InetAddress.getLoopbackAddress())) {
            Answer up = herald("up");

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.text())
                    .contains("Port %d is taken, and redis needs it".formatted(taken.getLocalPort()))
                    .contains("HERALD_REDIS_PORT");
        }
        assertThat(settings.home().data()).doesNotExist();
    }

    @Test
    void startsAndStopsOneComponentFromAnyTerminal() throws Exception {
        assertThat(herald("start", "redis").exitCode()).isZero();
        assertThat(herald("status").text()).containsPattern("redis +up");
        assertThat(herald("start", "redis").text()).contains("is running");
        assertThat(herald("logs", "redis").text()).contains("Ready to accept connections");
        assertThat(herald("stop", "redis").exitCode()).isZero();

        assertThat(herald("status").text()).contains("Herald is not running");
        assertThat(TestSettings.isFree(settings.port(Port.REDIS))).isTrue();
    }

    @Test
    void showsACrashWithTheEndOfTheLog() throws Exception {
        herald("start", "redis");
        herald("start", "smtp");
        new Suite(settings).kill("redis");

        Answer status = herald("status");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.text())
                .containsPattern("redis +crashed")
                .containsPattern("smtp +up")
                .contains("Ready to accept connections");
    }

    /** These tests need the jars of all services, which {@code mvn package} makes. */
    @Nested
    class WithTheWholeSuite {

        @Test
        void isUpForEveryTerminalAndEndsWithItsOwn() throws Exception {
            Running up = terminal.launch("up", "--observe");
            await().atMost(ofMinutes(4))
                    .until(() -> up.text().contains("Ctrl-C stops it")
                            || !up.process().isAlive());
            assertThat(up.text())
                    .containsPattern("gateway +ready in")
                    .containsPattern("logged in +\\d+ ms")
                    .containsPattern("email delivered +\\d+ ms")
                    .containsPattern("author listed +\\d+ ms")
                    .containsPattern("administrator +admin@herald.example +\\S{20}")
                    .contains(settings.url(Port.GATEWAY, "/api").toString())
                    .contains(settings.url(Port.ZIPKIN, "/zipkin/").toString());
            if (SearchPath.find("prometheus").isPresent()) {
                assertThat(up.text())
                        .containsPattern(
                                Pattern.quote(settings.url(Port.PROMETHEUS, "/").toString()) + "(classic/)?alerts\n");
                assertThat(Http.get(alertsPage(up.text())).statusCode()).isEqualTo(200);
            }
            assertARegistrationsTraceIsFound();
            assertThat(Files.getPosixFilePermissions(settings.home().secrets().file()))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

            Answer second = herald("up");
            assertThat(second.exitCode()).as(second.text()).isZero();
            assertThat(second.text())
                    .startsWith("Herald is up since")
                    .contains(settings.url(Port.GATEWAY, "/docs").toString());

            Answer status = herald("status");
            assertThat(status.exitCode()).as(status.text()).isZero();
            assertThat(status.text()).doesNotContain("crashed", "starting");

            assertThat(herald("demo").exitCode()).isZero();

            Answer scale = herald("scale", "post-service", "2");
            assertThat(scale.text())
                    .containsPattern("post-service +is running")
                    .containsPattern("post-service-2 +ready in");
            List<RunRecord> running = running();

            Signal.INT.sendTo(up.process().toHandle());

            assertThat(up.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.process().exitValue()).isEqualTo(130);
            assertThat(running)
                    .hasSizeGreaterThanOrEqualTo(11)
                    .noneMatch(record -> record.process().isPresent());
        }

        @SlowTest
        @Test
        void listensWhereItIsTold() throws Exception {
            Map<String, String> environment = new HashMap<>(settings.environment());
            environment.put("HERALD_BIND_ADDRESS", "0.0.0.0");
            CommandLine open = new CommandLine(new Settings(environment));

            Answer up = open.run("up", "--detach");

            assertThat(up.exitCode()).as(up.text()).isZero();
            assertThat(up.text()).contains("0.0.0.0: others reach");
            Answer status = open.run("status");
            assertThat(status.exitCode()).as(status.text()).isZero();
            assertThat(ListeningSocket.all())
                    .filteredOn(socket -> socket.port() == settings.port(Port.GATEWAY)
                            || socket.port() == settings.port(Port.POSTGRES)
                            || socket.port() == settings.port(Port.USER_SERVICE_MANAGEMENT))
                    .hasSize(3)
                    .allMatch(socket -> socket.address().isAnyLocalAddress());
        }

        @Test
        void endsWhileItIsStillStarting() throws Exception {
            Running up = terminal.launch("up");
            await().atMost(ofMinutes(3)).until(() -> up.text().contains("redis"));

            assertThat(herald("down").exitCode()).isZero();

            assertThat(up.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(running()).isEmpty();
        }

        @Test
        void endsChaosWithItsTerminal() throws Exception {
            Running chaos = terminal.launch("chaos", "--seed", "1");
            RunRecords records = new RunRecords(settings.home().chaos().resolve("run"));
            List<RunRecord> begun;
            try {
                await().atMost(ofMinutes(1)).until(() -> chaos.text().contains("redis"));
                begun = records.all();
            } finally {
                Signal.INT.sendTo(chaos.process().toHandle());
            }

            assertThat(chaos.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(chaos.process().exitValue()).as(chaos.text()).isEqualTo(130);
            assertThat(begun).isNotEmpty().noneMatch(record -> record.process().isPresent());
            assertThat(records.all()).isEmpty();
        }

        private URI alertsPage(String text) {
            Matcher page = Pattern.compile("http://\\S+alerts").matcher(text);
            assertThat(page.find()).isTrue();
            return URI.create(page.group());
        }

        /** Follows a registration by the trace id of its response, from the gateway to the email. */
        private void assertARegistrationsTraceIsFound() throws InterruptedException {
            HttpResponse<String> registration = new Client(settings).register("Ada Lovelace", Client.newAddress());
            String trace = registration
                    .headers()
                    .firstValue("traceresponse")
                    .orElseThrow()
                    .split("-", -1)[1];

            await().atMost(ofMinutes(1)).untilAsserted(() -> {
                HttpResponse<String> spans = Http.get(settings.url(Port.ZIPKIN, "/api/v2/trace/" + trace));
                assertThat(spans.statusCode()).isEqualTo(200);
                assertThat(Client.json(spans))
                        .extracting(
                                span -> span.at("/localEndpoint/serviceName").asString())
                        .contains("gateway", "user-service", "notification-service");
            });
            assertThat(Http.get(settings.url(Port.GATEWAY, "/console/traces/" + trace))
                            .body())
                    .contains("<td>notification-service</td>");
            assertThat(Http.get(settings.url(Port.GATEWAY, "/console/traces/" + "a".repeat(32)))
                            .body())
                    .contains("This trace is not known");
        }

        private List<RunRecord> running() {
            return new RunRecords(settings.home().run())
                    .all().stream()
                            .filter(record -> record.process().isPresent())
                            .toList();
        }
    }

    private Answer herald(String... words) throws IOException, InterruptedException {
        return terminal.run(words);
    }
}
