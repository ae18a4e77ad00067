package dev.herald.local.suite;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client;
import dev.herald.local.CommandLine;
import dev.herald.local.CommandLine.Answer;
import dev.herald.local.OnTheSharedSuite;
import dev.herald.local.SharedSuite;
import dev.herald.local.process.ListeningSocket;
import dev.herald.local.server.Component;
import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The output of the commands about a running suite matches its state. */
@OnTheSharedSuite
class StatusIT {

    private static final Suite SUITE = SharedSuite.SUITE;

    private final CommandLine terminal = new CommandLine(SUITE.settings());

    @Test
    void saysThatCallersAreServed() throws Exception {
        awaitServed();
        Answer status = herald("status");

        assertThat(status.exitCode()).as(status.text()).isZero();
        assertThat(status.text()).containsPattern("gateway +up +UP +\\d+").endsWith("Callers are served.\n");

        JsonNode json = JsonMapper.shared().readTree(herald("status", "--json").text());
        assertThat(json.get("served").asBoolean()).isTrue();
        assertThat(json.at("/gateway/status").asInt()).isEqualTo(200);
        assertThat(json.get("problems")).isEmpty();
        assertThat(json.get("components"))
                .filteredOn(component -> component.get("name").asString().equals("user-service"))
                .singleElement()
                .satisfies(service -> {
                    assertThat(service.at("/registry/actual").asString()).isEqualTo("UP");
                    assertThat(service.get("state").asString()).isEqualTo("up");
                    assertThat(service.at("/ports/management").asInt())
                            .isEqualTo(SUITE.settings().port(Port.USER_SERVICE_MANAGEMENT));
                });
    }

    @Test
    void doesNotCallAFrozenServiceUp() throws Exception {
        SUITE.pause("post-service");
        try {
            Answer status = herald("status");

            assertThat(status.exitCode()).isEqualTo(3);
            assertThat(status.text()).containsPattern("post-service +silent").contains("post-service is frozen");
        } finally {
            SUITE.resume("post-service");
        }
        awaitServed();
    }

    @Test
    void doesNotCallAFrozenServerUp() throws Exception {
        SUITE.pause("redis");
        try {
            assertThat(herald("status").text()).containsPattern("redis +silent");
        } finally {
            SUITE.resume("redis");
        }
        awaitServed();
    }

    @Test
    void showsWhatAnOperatorTookOutOfService() throws Exception {
        Service service = (Service) SUITE.components().named("notification-service");
        Registry.Instance instance = Registry.read(SUITE.settings(), ofSeconds(2))
                .flatMap(registry -> registry.of(service))
                .orElseThrow();
        URI override = Registry.override(SUITE.settings(), instance);
        Http.send(HttpRequest.newBuilder(URI.create(override + "?value=OUT_OF_SERVICE"))
                .PUT(HttpRequest.BodyPublishers.noBody()));
        try {
            Answer status = herald("status");

            assertThat(status.exitCode()).isEqualTo(3);
            assertThat(status.text())
                    .containsPattern("notification-service +\\w+ +OUT_OF_SERVICE")
                    .contains("notification-service is OUT_OF_SERVICE", override.toString());
        } finally {
            Http.send(HttpRequest.newBuilder(override).DELETE());
        }
        awaitServed();
    }

    @Test
    void saysSinceWhenItIsUpInsteadOfStartingAgain() throws Exception {
        awaitServed();
        Answer up = herald("up");

        assertThat(up.exitCode()).as(up.text()).isZero();
        assertThat(up.text())
                .containsPattern("^Herald is up since \\d{4}-")
                .contains("portal", "API", "API description", "inbox", "Eureka")
                .doesNotContain("Herald starts", "Building");
    }

    @Test
    void namesUrlsThatAnswer() throws Exception {
        awaitServed();
        List<String> urls = herald("up")
                .text()
                .lines()
                .filter(line -> line.contains("http://"))
                .map(line -> line.substring(line.indexOf("http://")).replace("{address}", "nobody@example.com"))
                .toList();

        assertThat(urls).hasSize(5);
        for (String url : urls) {
            // Without a token the API refuses, but it answers; an address without mail has no inbox.
            assertThat(Http.get(URI.create(url)).statusCode()).as(url).isIn(200, 302, 400, 401, 404);
        }
        assertThat(herald("info").text()).contains(urls.getFirst(), "administrator", "data and logs");
    }

    @Test
    void tellsTheRequestThatATraceIdNames() throws Exception {
        HttpResponse<String> answer = Http.get(SUITE.settings().url(Port.GATEWAY, "/api/posts"));
        String traceId = Client.json(answer).get("traceId").asString();
        String requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();

        await().atMost(ofSeconds(10)).untilAsserted(() -> {
            Answer trace = herald("trace", traceId);
            assertThat(trace.exitCode()).as(trace.text()).isZero();
            assertThat(trace.text()).contains("GET /api/posts 401");
        });
        assertThat(herald("trace", requestId).text()).contains("GET /api/posts 401");
        assertThat(herald("logs", "gateway", "--grep", traceId, "--since", "10m")
                        .text())
                .contains("GET /api/posts 401");
    }

    @Test
    void refusesAnIdThatNamesNoRequest() throws Exception {
        for (String id : List.of("xyz", "with blank", "0af7651916cd43dd8448eb211c80319")) {
            Answer trace = herald("trace", id);

            assertThat(trace.exitCode()).isEqualTo(2);
            assertThat(trace.text()).contains("\"%s\" is no trace id".formatted(id), "32 hexadecimal digits");
        }
        Answer unknown = herald("trace", "0af7651916cd43dd8448eb211c80319c");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.text()).contains("No log line has the trace id 0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void printsTheLogsOfAllInTheOrderOfTime() throws Exception {
        Answer logs = herald("logs", "--since", "1d", "--grep", "=== started");

        assertThat(logs.exitCode()).as(logs.text()).isZero();
        List<String> times = logs.text()
                .lines()
                .filter(line -> line.contains("=== started "))
                .map(line -> line.replaceAll(".*=== started ", ""))
                .toList();
        assertThat(times).hasSizeGreaterThan(8).isSorted();
        assertThat(herald("logs", "nope").text())
                .endsWith("There is no component \"nope\" here. There are: %s.%n"
                        .formatted(SUITE.components().all().stream()
                                .map(Component::name)
                                .collect(Collectors.joining(", "))));
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws Exception {
        List<ListeningSocket> sockets = ListeningSocket.all();
        assertThat(sockets).isNotEmpty();
        List<ProcessHandle> ours = new RunRecords(SUITE.settings().home().run())
                .all().stream()
                        .flatMap(record -> record.process().stream())
                        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                        .toList();

        List<ListeningSocket> listening = sockets.stream()
                .filter(socket -> ours.stream().anyMatch(socket::isOpenIn))
                .toList();

        assertThat(listening)
                .extracting(ListeningSocket::port)
                .contains(
                        SUITE.settings().port(Port.GATEWAY),
                        SUITE.settings().port(Port.GATEWAY_MANAGEMENT),
                        SUITE.settings().port(Port.DISCOVERY),
                        SUITE.settings().port(Port.USER_SERVICE),
                        SUITE.settings().port(Port.POSTGRES),
                        SUITE.settings().port(Port.KAFKA),
                        SUITE.settings().port(Port.REDIS),
                        SUITE.settings().port(Port.SMTP),
                        SUITE.settings().port(Port.INBOX));
        assertThat(listening).allMatch(socket -> socket.address().isLoopbackAddress());
    }

    @Test
    void registersTheLoopbackAddress() throws Exception {
        assertThat(Registry.read(SUITE.settings(), ofSeconds(2)).orElseThrow().instances())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(instance -> instance.host().equals("127.0.0.1"))
                .allMatch(instance -> instance.id().contains(":127.0.0.1:"));
    }

    @Test
    void doesNotUseAnotherSuite() throws Exception {
        Map<String, String> elsewhere = new HashMap<>(SUITE.settings().environment());
        elsewhere.put(
                "HERALD_HOME",
                SUITE.settings().home().folder().resolve("elsewhere").toString());

        Answer demo = new CommandLine(new Settings(elsewhere)).run("demo");

        assertThat(demo.exitCode()).isEqualTo(1);
        assertThat(demo.text()).isEqualToIgnoringNewLines("Herald is not running. ./herald up starts it.");
    }

    private void awaitServed() {
        await().atMost(ofSeconds(60)).until(() -> herald("status").exitCode() == 0);
    }

    private Answer herald(String... words) throws IOException, InterruptedException {
        return terminal.run(words);
    }
}
