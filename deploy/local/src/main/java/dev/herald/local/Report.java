package dev.herald.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables that the user reads. */
record Report(Suite suite, Terminal terminal) {

    private static final String ROW = "  %-22s %-9s %8s %9s %9s  %s";

    void status(List<ComponentStatus> statuses) {
        terminal.line(ROW.formatted("COMPONENT", "STATE", "PID", "MEMORY", "UPTIME", "PORTS"));
        for (ComponentStatus status : statuses) {
            boolean running = status.pid() != 0;
            terminal.line(ROW.formatted(
                            status.name(),
                            status.state().name().toLowerCase(Locale.ROOT),
                            running ? status.pid() : "-",
                            running ? status.memory() : "-",
                            running ? Terminal.roughly(status.uptime()) : "-",
                            status.address())
                    .stripTrailing());
        }
        terminal.blank();
        memory();
        statuses.stream().filter(status -> status.state() == State.CRASHED).forEach(crashed -> {
            terminal.blank();
            terminal.line("  %s crashed, and said last:".formatted(crashed.name()));
            terminal.quote(crashed.lastWords());
        });
    }

    void memory() {
        terminal.fact("service JVMs", "%s resident".formatted(suite.memoryOfServices()));
    }

    void addresses() {
        Settings settings = suite.settings();
        terminal.heading("Where everything is");
        terminal.fact("portal", settings.url(Port.GATEWAY, "/").toString());
        terminal.fact("API", settings.url(Port.GATEWAY, "/api").toString());
        terminal.fact("Eureka", settings.url(Port.DISCOVERY, "/").toString());
        suite.lineup()
                .jvms()
                .forEach(service -> terminal.fact(
                        service.name(),
                        settings.url(service.management(), "/actuator").toString()));
        if (!settings.hasExternalSmtp()) {
            terminal.fact("inbox", new Inbox(settings).url("{address}"));
        }
        if (settings.isObserved()) {
            terminal.fact(
                    "Prometheus",
                    Prometheus.of(settings)
                            .map(prometheus -> prometheus.url("/alerts").toString())
                            .orElse(Prometheus.MISSING));
            terminal.fact("Zipkin", settings.url(Port.ZIPKIN, "/zipkin/").toString());
        }
        terminal.fact("PostgreSQL", settings.postgres().database("{database}"));
        terminal.fact("Kafka", settings.kafkaBootstrapServers());
        terminal.fact("Redis", settings.redis().toString());
        terminal.fact("SMTP", settings.smtp().toString());
        Map<String, String> secrets = settings.secrets();
        terminal.fact("administrator", secrets.get(Secrets.ADMIN_EMAIL) + "  " + secrets.get(Secrets.ADMIN_PASSWORD));
        terminal.fact("data and logs", settings.home().folder().toString());
    }

    /** The end of one log, or a little of every. */
    void logs(Optional<String> component) {
        logged(component).forEach(each -> log(each, component.isPresent() ? 40 : 3));
    }

    /** Shows what is added to the logs until someone interrupts; returns how the following ended. */
    int follow(Optional<String> component) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tail", "-n", "0", "-F"));
        logged(component)
                .forEach(each -> command.add(
                        suite.settings().home().log(each.name()).path().toString()));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private List<Component> logged(Optional<String> component) {
        return component.map(suite.lineup()::named).map(List::of).orElseGet(suite.lineup()::all);
    }

    private void log(Component component, int lines) {
        LogFile log = suite.settings().home().log(component.name());
        terminal.line(log.path().toString());
        terminal.quote(log.tail(lines));
    }
}
