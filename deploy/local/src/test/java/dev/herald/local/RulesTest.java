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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prometheus accepts the rules; each alert fires when it should and not otherwise, and has a runbook. */
class RulesTest {

    private static final Path FOLDER = Checkout.observability();
    private static final String WATCHDOG = "Watchdog";
    private static final String DOCS = "{{ $externalLabels.herald_docs }}/";
    private static final String GRAFANA = "{{ $externalLabels.herald_grafana }}/d/";

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
        // That one fires always.
        quiet.add(WATCHDOG);
        assertThat(quiet).isEqualTo(alertNames());
    }

    @Test
    void nameARunbookEachAndNoneIsForgotten() throws IOException {
        Set<Path> named =
                Rules.alerts().stream().map(RulesTest::runbook).collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(new TreeSet<>(files("runbooks")));
        for (JsonNode alert : Rules.alerts()) {
            assertThat(Files.readString(runbook(alert)))
                    .contains(
                            alert.get("alert").asString(),
                            "**What it means.**",
                            "**How bad.**",
                            "**How to look",
                            "**How to fix**");
        }
    }

    @Test
    void tellTheirReaderWhatHappensAndWhereToLook() throws IOException {
        Set<String> dashboards = new TreeSet<>();
        for (Path file : files("grafana/dashboards")) {
            dashboards.add(
                    JsonMapper.shared().readTree(file.toFile()).get("uid").asString());
        }

        assertThat(Rules.alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/annotations/summary").asString()).isNotBlank();
            assertThat(alert.at("/annotations/description").asString()).isNotBlank();
            assertThat(alert.at("/annotations/runbook_url").asString()).startsWith(DOCS);
            assertThat(alert.at("/annotations/dashboard_url").asString()).startsWith(GRAFANA);
            assertThat(dashboards)
                    .contains(alert.at("/annotations/dashboard_url").asString().substring(GRAFANA.length()));
            assertThat(alert.at("/labels/severity").asString())
                    .matches(alert.get("alert").asString().equals(WATCHDOG) ? "none" : "page|ticket");
        });
    }

    @Test
    void areLinkedByDashboardsWhoseVariablesExist() throws IOException {
        JsonNode docs = Rules.yaml(FOLDER.resolve("prometheus.yml")).at("/global/external_labels/herald_docs");
        String runbooks = "${docs}/deploy/observability/runbooks/";

        assertThat(Rules.dashboards()).allSatisfy(dashboard -> {
            JsonNode variables = dashboard.at("/templating/list");
            assertThat(variables.findValuesAsString("name")).contains("datasource", "instance", "docs");
            assertThat(variables)
                    .anySatisfy(variable -> assertThat(variable.get("query")).isEqualTo(docs));
            assertThat(dashboard.toString()).doesNotContain("\"uid\":\"herald-prometheus\"");
            assertThat(dashboard.get("panels").findValuesAsString("url"))
                    .isNotEmpty()
                    .allSatisfy(url -> {
                        if (!url.startsWith("/explore?")) {
                            assertThat(url).startsWith(runbooks);
                            assertThat(FOLDER.resolve("runbooks").resolve(url.substring(runbooks.length())))
                                    .exists();
                        }
                    });
        });
    }

    /** The places of the pages are settings of Prometheus, in one place. */
    @Test
    void linkByTheExternalLabelsOfPrometheus() {
        JsonNode labels = Rules.yaml(FOLDER.resolve("prometheus.yml")).at("/global/external_labels");

        assertThat(labels.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("herald_docs", "herald_grafana");
        assertThat(labels).allSatisfy(label -> assertThat(label.asString()).startsWith("https://"));
    }

    private static Path runbook(JsonNode alert) {
        return Checkout.root()
                .resolve(alert.at("/annotations/runbook_url").asString().substring(DOCS.length()));
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
                assertThat(call).isEqualTo(new Runbooks.Call(Port.DISCOVERY, "/eureka/apps", List.of()));
            }
        });
    }

    @Test
    void sayEachCommandForEveryPlaceThatHeraldRunsIn() {
        assertThat(Runbooks.tables()).allSatisfy((page, rows) -> {
            assertThat(rows).hasSizeGreaterThan(3);
            assertThat(rows.getFirst()).containsExactly("to", "`./herald`", "Kubernetes", "plain host");
            assertThat(rows)
                    .allSatisfy(cells -> assertThat(cells)
                            .hasSize(4)
                            .allSatisfy(cell -> assertThat(cell).isNotBlank()));
        });
    }

    @Test
    void nameWorkloadsPortsAndUnitsOfTheServices() {
        Collection<String> services = Rules.yaml(Checkout.root().resolve("deploy/kubernetes/herald/values.yaml"))
                .get("services")
                .propertyNames();

        assertThat(Runbooks.units())
                .isNotEmpty()
                .allSatisfy(unit -> assertThat(unit).matches("discovery|" + String.join("|", services)));
        assertThat(Runbooks.workloads()).isNotEmpty().allSatisfy(workload -> {
            if (!workload.equals("statefulset/discovery")) {
                assertThat(services).map(service -> "deploy/" + service).contains(workload);
            }
        });
        assertThat(Runbooks.forwards())
                .isNotEmpty()
                .allSatisfy(forward -> assertThat(Port.of(forward.workload().replaceFirst(".*/", "")))
                        .contains(forward.port()));
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
