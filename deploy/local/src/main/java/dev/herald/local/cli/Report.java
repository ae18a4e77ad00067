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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables of {@code status} and {@code info}. */
record Report(Suite suite, Terminal terminal) {

    private static final String ROW = "  %-22s %-9s %-14s %8s %9s %9s  %s";

    void status(SuiteStatus status) {
        terminal.line(ROW.formatted("COMPONENT", "STATE", "REGISTRY", "PID", "MEMORY", "UPTIME", "PORTS"));
        for (SuiteStatus.Component component : status.components()) {
            ComponentStatus process = component.process();
            boolean running = process.pid() != 0;
            terminal.line(ROW.formatted(
                            process.name(),
                            component.state().name().toLowerCase(Locale.ROOT),
                            component.registered() == null ? "-" : component.registered(),
                            running ? process.pid() : "-",
                            running ? process.memory() : "-",
                            running ? Terminal.roughly(process.uptime()) : "-",
                            process.address())
                    .stripTrailing());
        }
        terminal.blank();
        memory();
        terminal.fact(
                "through the gateway",
                "GET %s: %s"
                        .formatted(
                                status.gateway().url(),
                                status.gateway().status() == 0
                                        ? "no answer"
                                        : "%d in %d ms"
                                                .formatted(
                                                        status.gateway().status(),
                                                        status.gateway().millis())));
        if (suite.settings().isObserved()) {
            terminal.fact(
                    "alerts that fire",
                    status.alerts().isEmpty()
                            ? "none"
                            : Integer.toString(status.alerts().size()));
            status.alerts()
                    .forEach(alert -> terminal.line("    %s (%s) since %s: %s"
                            .formatted(alert.name(), alert.severity(), alert.since(), alert.summary())));
        }
        status.components().stream()
                .map(SuiteStatus.Component::process)
                .filter(process -> process.state() == State.CRASHED)
                .forEach(crashed -> {
                    terminal.blank();
                    terminal.line("  %s crashed, and logged last:".formatted(crashed.name()));
                    terminal.quote(crashed.lastLines());
                });
        terminal.blank();
        status.notes().forEach(note -> terminal.line("  " + note));
        verdict(status);
    }

    void verdict(SuiteStatus status) {
        status.problems().forEach(problem -> terminal.line("  " + problem));
        terminal.line(
                status.isServed()
                        ? "Callers are served."
                        : status.gateway().isGood()
                                ? "Herald runs, but not all is well: see the %s above."
                                        .formatted(status.problems().size() == 1 ? "line" : "lines")
                                : "Callers are not served: see the %s above."
                                        .formatted(status.problems().size() == 1 ? "line" : "lines"));
    }

    void memory() {
        terminal.fact("service JVMs", "%s resident".formatted(suite.memoryOfServices()));
    }

    /** The most important addresses. */
    void urls() throws InterruptedException {
        Settings settings = suite.settings();
        terminal.fact("portal", settings.url(Port.GATEWAY, "/").toString());
        terminal.fact("API", settings.url(Port.GATEWAY, "/api").toString());
        terminal.fact("API description", settings.url(Port.GATEWAY, "/docs").toString());
        if (!settings.hasExternalSmtp()) {
            terminal.fact("inbox", new Inbox(settings).url("{address}"));
        }
        terminal.fact("Eureka", settings.url(Port.DISCOVERY, "/").toString());
        if (settings.isObserved()) {
            Optional<Prometheus> prometheus = Prometheus.of(settings);
            terminal.fact(
                    "Prometheus",
                    prometheus.isEmpty()
                            ? Prometheus.MISSING
                            : (suite.runs("prometheus")
                                            ? prometheus.get().alertsPage()
                                            : prometheus.get().url("/"))
                                    .toString());
            terminal.fact("Zipkin", settings.url(Port.ZIPKIN, "/zipkin/").toString());
        }
    }

    void addresses() throws InterruptedException {
        Settings settings = suite.settings();
        urls();
        suite.components()
                .jvms()
                .forEach(service -> terminal.fact(
                        service.name(), service.managementUrl("/actuator").toString()));
        terminal.fact("PostgreSQL", settings.postgres().database("{database}"));
        terminal.fact("Kafka", settings.kafkaBootstrapServers());
        terminal.fact("Redis", settings.redis().toString());
        terminal.fact("SMTP", settings.smtp().toString());
        Map<String, String> secrets = settings.secrets();
        terminal.fact("administrator", secrets.get(Secrets.ADMIN_EMAIL) + "  " + secrets.get(Secrets.ADMIN_PASSWORD));
        terminal.fact("data and logs", settings.home().folder().toString());
    }

    /** Warns if other machines can reach the suite. */
    void bindWarning() {
        Settings settings = suite.settings();
        if (!settings.bindAddress().equals(Settings.LOOPBACK)) {
            terminal.fact(
                    "listens on",
                    "%s: others reach the management ports and servers too; PostgreSQL's password is %s, Kafka and Redis have none"
                            .formatted(settings.bindAddress(), Settings.LOCAL_PASSWORD));
        }
    }
}
