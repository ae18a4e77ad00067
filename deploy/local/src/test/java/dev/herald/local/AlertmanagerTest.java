package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.RunningAlertmanager.Notification;
import dev.herald.local.process.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Which notifications Alertmanager sends for which alerts. */
class AlertmanagerTest {

    private static final Pattern ALERT = Pattern.compile("(?:Herald[A-Z]|Watchdog)[\\w.+]*");

    @Test
    void understandsTheConfiguration() throws Exception {
        assertThat(amtool("check-config", RunningAlertmanager.CONFIGURATION.toString()))
                .contains("SUCCESS");
    }

    @ParameterizedTest
    @CsvSource({
        "page, alertname=HeraldServiceDown severity=page",
        "ticket, alertname=HeraldDeadLetters severity=ticket",
        "ticket, alertname=OfAnotherTeam",
        "watchdog, alertname=Watchdog severity=none"
    })
    void routesBySeverity(String receiver, String labels) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("config", "routes", "test", "--config.file", RunningAlertmanager.CONFIGURATION.toString()));
        words.addAll(Arrays.asList(labels.split(" ", -1)));

        assertThat(amtool(words.toArray(String[]::new)).lines().toList().getLast())
                .isEqualTo(receiver);
    }

    @Test
    void namesAlertsThatExist() throws IOException {
        Set<String> names = Rules.alerts().stream()
                .map(alert -> alert.get("alert").asString())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Rules.yaml(RunningAlertmanager.CONFIGURATION)
                        .findValues("source_matchers")
                        .size())
                .isPositive();
        assertThat(Stream.of("source_matchers", "target_matchers", "matchers")
                        .flatMap(key -> Rules.yaml(RunningAlertmanager.CONFIGURATION).findValues(key).stream())
                        .flatMap(matchers ->
                                ALERT.matcher(matchers.toString()).results().map(match -> match.group())))
                .isNotEmpty()
                .allSatisfy(pattern -> assertThat(names).anyMatch(name -> name.matches(pattern)));
    }

    /** In seconds instead of minutes. */
    @Nested
    class Running {

        private RunningAlertmanager alertmanager;

        @BeforeEach
        void start(@TempDir Path folder) throws IOException {
            alertmanager = new RunningAlertmanager(
                    folder,
                    configuration -> configuration
                            .replaceAll("group_wait: .*", "group_wait: 1s")
                            .replaceAll("(group|repeat)_interval: .*", "$1_interval: 1h"));
        }

        @AfterEach
        void stop() {
            if (alertmanager != null) {
                alertmanager.close();
            }
        }

        @Test
        void sendsOneNotificationForKafkaAndItsConsequences() throws InterruptedException {
            fire(List.of(
                    page("HeraldKafkaDown"),
                    page("HeraldOutboxStalled", "application", "user-service"),
                    page("HeraldOutboxStalled", "application", "post-service"),
                    page("HeraldConsumerGone", "application", "notification-service"),
                    page("HeraldPartitionStalled", "application", "post-service", "topic", "user-events"),
                    page("HeraldWelcomeEmailBurnsFast", "slo", "welcome-email")));

            assertNotified("page: HeraldKafkaDown");
        }

        @Test
        void sendsOneNotificationForAServiceAndItsConsequences() throws InterruptedException {
            fire(List.of(
                    page("HeraldServiceDown", "application", "post-service"),
                    ticket("HeraldInstanceDown", "application", "post-service", "instance", "a"),
                    ticket("HeraldCircuitOpen", "application", "user-service", "instance", "b", "name", "post-service"),
                    page("HeraldGateway5xx", "uri", "/api/posts"),
                    page("HeraldAvailabilityBurnsFast", "slo", "availability")));

            assertNotified("page: HeraldServiceDown");
        }

        @Test
        void sendsOneNotificationForADatabaseAndItsConsequences() throws InterruptedException {
            fire(List.of(
                    page("HeraldDatabaseDown", "application", "post-service"),
                    page("HeraldPoolExhausted", "application", "post-service", "instance", "a"),
                    page("HeraldPartitionStalled", "application", "post-service", "topic", "user-events"),
                    page("HeraldGateway5xx", "uri", "/api/posts")));

            assertNotified("page: HeraldDatabaseDown");
        }

        @Test
        void sendsWhatAnotherServiceHasBesides() throws InterruptedException {
            fire(List.of(
                    page("HeraldServiceDown", "application", "post-service"),
                    page("HeraldPoolExhausted", "application", "user-service", "instance", "a")));

            assertNotified("page: HeraldServiceDown", "page: HeraldPoolExhausted");
        }

        @Test
        void sendsOneNotificationForOneKindOfAlertOfAllInstances() throws InterruptedException {
            fire(List.of(
                    ticket("HeraldRevocationsStale", "application", "gateway", "instance", "a"),
                    ticket("HeraldRevocationsStale", "application", "post-service", "instance", "b")));

            assertNotified("ticket: HeraldRevocationsStale");
        }

        @Test
        void silencesNoDownServiceByItsOwnDatabase() throws InterruptedException {
            fire(List.of(
                    page("HeraldDatabaseDown", "application", "post-service"),
                    page("HeraldServiceDown", "application", "post-service")));

            assertNotified("page: HeraldServiceDown");
        }

        /** Nothing else has come by the time that a later alert, which nothing inhibits, has come. */
        private void assertNotified(String... expected) throws InterruptedException {
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(lines()).contains(expected));
            fire(List.of(ticket("HeraldDeadLetters", "application", "the-last-one", "topic", "user-events")));
            String last = "ticket: HeraldDeadLetters";
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(lines()).contains(last));

            assertThat(lines()).filteredOn(line -> !line.equals(last)).containsExactlyInAnyOrder(expected);
        }

        private List<String> lines() {
            return alertmanager.notifications().stream()
                    .map(AlertmanagerTest::line)
                    .toList();
        }

        private void fire(List<Map<String, String>> alerts) throws InterruptedException {
            alertmanager.send(JsonMapper.shared()
                    .writeValueAsString(alerts.stream()
                            .map(labels -> Map.of("labels", labels))
                            .toList()));
        }
    }

    private static String line(Notification notification) {
        return notification.receiver() + ": " + String.join(", ", notification.alerts());
    }

    private static Map<String, String> page(String alert, String... labels) {
        return labels("page", alert, labels);
    }

    private static Map<String, String> ticket(String alert, String... labels) {
        return labels("ticket", alert, labels);
    }

    private static Map<String, String> labels(String severity, String alert, String... more) {
        Map<String, String> labels = new LinkedHashMap<>(Map.of("severity", severity, "alertname", alert));
        for (int i = 0; i < more.length; i += 2) {
            labels.put(more[i], more[i + 1]);
        }
        return labels;
    }

    private static String amtool(String... words) throws IOException, InterruptedException {
        assumeThat(SearchPath.find("amtool"))
                .as("amtool " + RunningAlertmanager.MISSING)
                .isPresent();
        List<String> command = new ArrayList<>(List.of("amtool"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
