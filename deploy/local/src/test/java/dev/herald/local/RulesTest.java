package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.herald.local.cli.Usage;
import dev.herald.local.process.SearchPath;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Components;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Prometheus accepts the rules; each alert fires when it should and not otherwise, and has a runbook. */
class RulesTest {

    private static final Path FOLDER = Checkout.observability();

    @Test
    void areUnderstoodByPrometheus() throws Exception {
        assertThat(promtool("check", List.of(FOLDER.resolve("prometheus.yml")), "config"))
                .contains("SUCCESS");
        assertThat(promtool("check", files("rules"), "rules")).contains("SUCCESS");
    }

    @Test
    void fireAndKeepQuietAsTheirTestsSay() throws Exception {
        assertThat(promtool("test", files("tests"), "rules"))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void areEachFiredByATestAndLeftQuietByAnother() throws IOException {
        Set<String> fired = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        for (Path file : files("tests")) {
            for (JsonNode test : Rules.yaml(file).get("tests")) {
                for (JsonNode alert : test.path("alert_rule_test")) {
                    (alert.get("exp_alerts").isEmpty() ? quiet : fired)
                            .add(alert.get("alertname").asString());
                }
            }
        }

        assertThat(fired).isEqualTo(alertNames());
        assertThat(quiet).isEqualTo(alertNames());
    }

    @Test
    void nameARunbookEachAndNoneIsForgotten() throws IOException {
        Set<Path> named = Rules.alerts().stream()
                .map(alert -> Checkout.root()
                        .resolve(alert.at("/annotations/runbook_url").asString()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(new TreeSet<>(files("runbooks")));
        for (JsonNode alert : Rules.alerts()) {
            Path runbook =
                    Checkout.root().resolve(alert.at("/annotations/runbook_url").asString());
            assertThat(Files.readString(runbook))
                    .contains(
                            alert.get("alert").asString(),
                            "**What it means.**",
                            "**How bad.**",
                            "**How to look",
                            "**How to fix**");
            assertThat(alert.at("/labels/severity").asString()).isIn("page", "ticket");
        }
    }

    @Test
    void nameNoCommandThatThereIsNot(@TempDir Path home) {
        Components components = new Components(new Settings(Map.of("HERALD_HOME", home.toString())));
        Set<String> known = Stream.of(Usage.values()).map(Usage::word).collect(Collectors.toSet());

        assertThat(Runbooks.commands())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(known).contains(command.name()))
                .allSatisfy(command -> command.component()
                        .map(component -> component.replaceFirst("-\\d+$", ""))
                        .ifPresent(components::named));
    }

    @Test
    void askForNothingThatIsNotServed() throws IOException {
        String exposed = Files.readString(Checkout.root().resolve("platform/core/src/main/resources/platform-core.yml"))
                .replaceAll("(?s).*exposure\\.include: ([\\w,]+).*", "$1");

        assertThat(Runbooks.understoodCurls()).isEqualTo(Runbooks.curls());
        assertThat(Runbooks.calls()).isNotEmpty().allSatisfy(call -> {
            if (call.port().name().endsWith("_MANAGEMENT")) {
                assertThat(call.path()).startsWith("/actuator/");
                assertThat(exposed.split(",", -1)).contains(call.path().split("/", -1)[2]);
            } else {
                assertThat(call).isEqualTo(new Runbooks.Call(Port.DISCOVERY, "/eureka/apps"));
            }
        });
    }

    private static Set<String> alertNames() throws IOException {
        return Rules.alerts().stream()
                .map(alert -> alert.get("alert").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private static String promtool(String command, List<Path> files, String what) throws Exception {
        assumeThat(SearchPath.find("promtool"))
                .as("promtool is not on the PATH; it comes with Prometheus (apt-get install prometheus)")
                .isPresent();
        List<String> words = new ArrayList<>(List.of("promtool", command, what));
        files.forEach(file -> words.add(file.toString()));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
