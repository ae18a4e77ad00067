package dev.herald.local.cli;

import dev.herald.local.server.Inbox;
import dev.herald.local.server.Prometheus;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Secrets;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.ComponentStatus;
import dev.herald.local.suite.State;
import dev.herald.local.suite.Suite;
import dev.herald.local.suite.SuiteStatus;
import dev.herald.local.suite.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Prints the output of {@code status} and {@code info}. */
record Report(Suite suite, Terminal terminal) {

    private static final String ROW = "  %-22s %-9s %-14s %8s %9s %9s  %s";

    void status(SuiteStatus status) {
        terminal.line(ROW.formatted("COMPONENT", "STATE", "REGISTRY", "PID", "MEMORY", "UPTIME", "PORTS"));
        status.components().forEach(component -> terminal.line(row(component)));
        terminal.blank();
        memory();
        SuiteStatus.GatewayAnswer gateway = status.gateway();
        terminal.fact(
                "through the gateway",
                "GET %s: %s"
                        .formatted(
                                gateway.url(),
                                gateway.status() == 0
                                        ? "no answer"
                                        : "%d in %d ms".formatted(gateway.status(), gateway.millis())));
        if (suite.settings().isObserved()) {
            int firing = status.alerts().size();
            terminal.fact("alerts that fire", firing == 0 ? "none" : Integer.toString(firing));
            status.alerts()
                    .forEach(alert -> terminal.line("    %s (%s) since %s: %s"
                            .formatted(alert.name(), alert.severity(), alert.since(), alert.summary())));
        }
        status.components().stream()
                .filter(component -> component.state() == State.CRASHED)
                .forEach(crashed -> {
                    terminal.blank();
                    terminal.line("  %s crashed, and logged last:".formatted(crashed.name()));
                    terminal.quote(crashed.lastLines());
                });
        terminal.blank();
        status.notes().forEach(note -> terminal.line("  " + note));
        verdict(status);
    }

    private static String row(ComponentStatus component) {
        Instant since = component.since();
        return ROW.formatted(
                        component.name(),
                        component.state().word(),
                        Objects.requireNonNullElse(component.registered(), "-"),
                        since == null ? "-" : component.pid(),
                        since == null ? "-" : component.memory(),
                        since == null ? "-" : Terminal.roughly(Duration.between(since, Instant.now())),
                        component.address())
                .stripTrailing();
    }

    void verdict(SuiteStatus status) {
        status.problems().forEach(problem -> terminal.line("  " + problem));
        if (status.isServed()) {
            terminal.line("Callers are served.");
            return;
        }
        terminal.line("%s: see the %s above."
                .formatted(
                        status.gateway().isGood() ? "Herald runs with problems" : "Callers are not served",
                        status.problems().size() == 1 ? "line" : "lines"));
    }

    void memory() {
        terminal.fact("service JVMs", "%s resident".formatted(suite.memoryOfServices()));
    }

    void urls() throws InterruptedException {
        Settings settings = suite.settings();
        terminal.fact("portal", settings.url(Port.GATEWAY, "/"));
        terminal.fact("API", settings.url(Port.GATEWAY, "/api"));
        terminal.fact("API description", settings.url(Port.GATEWAY, "/docs"));
        if (!settings.isExternal("smtp")) {
            terminal.fact("inbox", new Inbox(settings).url("{address}"));
        }
        terminal.fact("Eureka", settings.url(Port.DISCOVERY, "/"));
        if (settings.isObserved()) {
            terminal.fact("Prometheus", prometheus());
            terminal.fact("Zipkin", settings.url(Port.ZIPKIN, "/zipkin/"));
        }
    }

    private Object prometheus() throws InterruptedException {
        Optional<Prometheus> prometheus = Prometheus.of(suite.settings());
        if (prometheus.isEmpty()) {
            return Prometheus.MISSING;
        }
        return suite.runs("prometheus")
                ? prometheus.get().alertsPage()
                : prometheus.get().url("/");
    }

    void addresses() throws InterruptedException {
        Settings settings = suite.settings();
        urls();
        suite.components().jvms().forEach(service -> terminal.fact(service.name(), service.managementUrl("/actuator")));
        terminal.fact("PostgreSQL", settings.postgres().database("{database}"));
        terminal.fact("Kafka", settings.kafkaBootstrapServers());
        settings.sentinels()
                .ifPresentOrElse(
                        sentinels -> terminal.fact("Redis Sentinel", sentinels),
                        () -> terminal.fact("Redis", settings.redis()));
        terminal.fact("SMTP", settings.smtp());
        Map<String, String> secrets = settings.secrets();
        terminal.fact("administrator", secrets.get(Secrets.ADMIN_EMAIL) + "  " + secrets.get(Secrets.ADMIN_PASSWORD));
        terminal.fact("data and logs", settings.home().folder());
        if (!settings.bindAddress().equals(Settings.LOOPBACK)) {
            terminal.fact(
                    "listens on",
                    "%s: others reach the management ports and servers too; PostgreSQL's password is %s; Kafka and Redis have none"
                            .formatted(settings.bindAddress(), Settings.LOCAL_PASSWORD));
        }
    }
}
