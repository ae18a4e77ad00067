package dev.herald.local.suite;

import dev.herald.local.server.Component;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.server.Http;
import dev.herald.local.server.Kafka;
import dev.herald.local.server.Probe;
import dev.herald.local.server.Readiness;
import dev.herald.local.server.Service;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.SuiteStatus.Alert;
import dev.herald.local.suite.SuiteStatus.GatewayAnswer;
import dev.herald.local.suite.SuiteStatus.PortNumber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks a running suite: probes every component at the same time, calls the gateway, and reads the registry and the alerts. */
public final class Inspection {

    /** A component that does not answer in time is not up. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    /** For probes without a limit of their own. */
    private static final Duration PROBE_LIMIT = Duration.ofMillis(2_500);

    private static final Optional<String> NO_ANSWER = Optional.of("");

    /** Public, and answered by user-service. */
    private static final String CALL = "/.well-known/jwks.json";

    private final Suite suite;
    private final Settings settings;
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    public Inspection(Suite suite) {
        this.suite = suite;
        this.settings = suite.settings();
    }

    public SuiteStatus make() throws InterruptedException {
        FutureTask<GatewayAnswer> call = inBackground(this::callThroughGateway);
        FutureTask<Optional<Registry>> registry = inBackground(() -> Registry.read(settings, LIMIT));
        FutureTask<List<Alert>> firing = inBackground(this::firingAlerts);
        List<SuiteStatus.Component> components = components(probeAll(), result(registry, Optional.empty()));
        // It ran while the components were probed.
        GatewayAnswer gateway =
                result(call, new GatewayAnswer(settings.url(Port.GATEWAY, CALL), 0, PROBE_LIMIT.toMillis()));
        List<Alert> alerts = result(firing, List.of());
        components.forEach(component -> {
            if (component.problem() != null) {
                problems.add(component.process().name() + " " + component.problem());
            }
        });
        if (!gateway.isGood()) {
            problems.add(
                    gateway.status() == 0
                            ? "GET %s has no answer.".formatted(gateway.url())
                            : "GET %s is answered with %d.".formatted(gateway.url(), gateway.status()));
        }
        alerts.stream()
                .filter(Alert::isPage)
                .forEach(page -> problems.add("The alert %s fires: %s".formatted(page.name(), page.summary())));
        return new SuiteStatus(
                suite.since().orElseGet(Instant::now),
                gateway,
                components,
                alerts,
                List.copyOf(notes),
                List.copyOf(problems));
    }

    private List<SuiteStatus.Component> components(List<ProbeResult> probed, Optional<Registry> registry) {
        List<SuiteStatus.Component> components = new ArrayList<>();
        List<Service> services = suite.components().services();
        for (ProbeResult each : probed) {
            Optional<Service> service = services.stream()
                    .filter(candidate -> candidate.name().equals(each.process().name()))
                    .findFirst();
            components.add(service.map(known -> registered(known, each, probed, registry))
                    .orElseGet(() -> component(each, null, each.problem())));
        }
        registry.ifPresent(known -> known.instances().stream()
                .filter(instance -> services.stream().anyMatch(instance::isOf))
                .filter(instance ->
                        services.stream().noneMatch(service -> known.of(service).equals(Optional.of(instance))))
                .forEach(stranger -> problems.add("The registry has %s at %s:%d, which is not of this suite."
                        .formatted(stranger.id(), stranger.host(), stranger.port()))));
        return components;
    }

    private SuiteStatus.Component registered(
            Service service, ProbeResult probed, List<ProbeResult> all, Optional<Registry> registry) {
        if (registry.isEmpty()) {
            return component(probed, null, probed.problem());
        }
        Optional<Registry.Instance> instance = registry.get().of(service);
        String actual = instance.map(Registry.Instance::status).orElse(Registry.ABSENT);
        String problem = probed.problem();
        boolean answers = probed.state() == State.UP || probed.state() == State.UNREADY;
        if (answers && actual.equals(Registry.OUT_OF_SERVICE) && instance.isPresent()) {
            // The instance reads this status and is not ready because of it.
            String sentence =
                    "is OUT_OF_SERVICE in the registry, which an operator sets: it gets no requests. curl -X DELETE %s ends that."
                            .formatted(Registry.override(settings, instance.get()));
            if (hasAnother(service, all, registry.get())) {
                notes.add(service.name() + " " + sentence);
                problem = null;
            } else {
                problem = sentence;
            }
        } else if (problem == null && !actual.equals("UP")) {
            problem = "is up, but %s in the registry: it gets no requests. ./herald restart %s registers it again."
                    .formatted(actual, service.name());
        }
        return component(probed, actual, problem);
    }

    /** Whether another instance of the service is up. */
    private boolean hasAnother(Service service, List<ProbeResult> all, Registry registry) {
        return suite.components().services().stream()
                .filter(other -> other.module().equals(service.module()) && other.number() != service.number())
                .filter(other -> registry.of(other)
                        .filter(instance -> instance.status().equals("UP"))
                        .isPresent())
                .anyMatch(other -> all.stream()
                        .anyMatch(
                                probed -> probed.process().name().equals(other.name()) && probed.state() == State.UP));
    }

    private static SuiteStatus.Component component(
            ProbeResult probed, @Nullable String registered, @Nullable String problem) {
        List<PortNumber> ports = new ArrayList<>();
        probed.ports()
                .forEach((port, number) ->
                        ports.add(new PortNumber(port.purpose().isEmpty() ? "service" : port.purpose(), number)));
        return new SuiteStatus.Component(probed.process(), probed.state(), registered, problem, ports);
    }

    private GatewayAnswer callThroughGateway() throws InterruptedException {
        URI url = settings.url(Port.GATEWAY, CALL);
        Instant begin = Instant.now();
        int status = suite.runs("gateway") ? statusOf(url) : 0;
        if (status == 0 && suite.runs("gateway")) {
            status = statusOf(url);
        }
        return new GatewayAnswer(
                url, status, Duration.between(begin, Instant.now()).toMillis());
    }

    private static int statusOf(URI url) throws InterruptedException {
        try {
            return Http.get(url, LIMIT).statusCode();
        } catch (RuntimeException noAnswer) {
            return 0;
        }
    }

    private List<Alert> firingAlerts() throws InterruptedException {
        if (!suite.runs("prometheus")) {
            return List.of();
        }
        HttpResponse<String> answer = Http.get(settings.url(Port.PROMETHEUS, "/api/v1/alerts"), LIMIT);
        return answer.statusCode() == 200 ? alerts(answer.body()) : List.of();
    }

    static List<Alert> alerts(String json) {
        List<Alert> firing = new ArrayList<>();
        for (JsonNode alert : JsonMapper.shared().readTree(json).at("/data/alerts")) {
            if (alert.path("state").asString().equals("firing")) {
                firing.add(new Alert(
                        alert.at("/labels/alertname").asString(),
                        alert.at("/labels/severity").asString(),
                        alert.path("activeAt").asString(),
                        alert.at("/annotations/summary").asString()));
            }
        }
        return firing;
    }

    /**
     * The result of a probe.
     *
     * @param problem null if there is none
     */
    record ProbeResult(
            ComponentStatus process,
            State state,
            Map<Port, Integer> ports,
            @Nullable String problem) {}

    private List<ProbeResult> probeAll() throws InterruptedException {
        List<FutureTask<ProbeResult>> probes = new ArrayList<>();
        suite.components().externals().forEach(server -> probes.add(inBackground(() -> probe(server))));
        suite.components().all().forEach(component -> probes.add(inBackground(() -> check(component))));
        List<ProbeResult> probed = new ArrayList<>();
        for (FutureTask<ProbeResult> probe : probes) {
            try {
                probed.add(probe.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return probed;
    }

    private ProbeResult check(Component component) throws InterruptedException {
        ComponentStatus process = suite.statusOf(component);
        return switch (process.state()) {
            case CRASHED -> gone(process, "crashed. ./herald start %s starts it again.".formatted(process.name()));
            case STOPPED -> gone(process, "is stopped. ./herald start %s starts it.".formatted(process.name()));
            default -> probe(component, process);
        };
    }

    private static ProbeResult gone(ComponentStatus process, String problem) {
        return new ProbeResult(process, process.state(), Map.of(), problem);
    }

    private static ProbeResult probe(ExternalServer server) throws InterruptedException {
        ComponentStatus process = ComponentStatus.of(server);
        FutureTask<Boolean> probe = inBackground(() -> new Readiness(server.probe()).reached());
        return result(probe, false)
                ? new ProbeResult(process, State.EXTERNAL, Map.of(), null)
                : new ProbeResult(
                        process, State.SILENT, Map.of(), "does not answer at %s.".formatted(server.address()));
    }

    /** Probes a component whose process runs. */
    static ProbeResult probe(Component component, ComponentStatus process) throws InterruptedException {
        Optional<String> obstacle = obstacleInTime(component);
        if (obstacle.equals(NO_ANSWER)) {
            // The first probe also starts the clients of this JVM, which takes long on a busy machine.
            obstacle = obstacleInTime(component);
        }
        if (obstacle.isEmpty()) {
            return new ProbeResult(process, State.UP, component.ports(), null);
        }
        if (process.state() == State.STARTING) {
            return new ProbeResult(process, State.STARTING, component.ports(), "is still starting.");
        }
        if (obstacle.get().isEmpty()) {
            String why = isFrozen(process.pid())
                    ? "is frozen: kill -CONT %d lets it go on.".formatted(process.pid())
                    : "runs, but does not answer within %d s. ./herald restart %s starts it again."
                            .formatted(LIMIT.toSeconds(), process.name());
            return new ProbeResult(process, State.SILENT, component.ports(), why);
        }
        return new ProbeResult(
                process, State.UNREADY, component.ports(), "is not ready: %s.".formatted(obstacle.get()));
    }

    private static Optional<String> obstacleInTime(Component component) throws InterruptedException {
        return result(inBackground(() -> obstacle(component)), NO_ANSWER);
    }

    /** The reason why it is not ready: absent if it is, empty if it does not answer. */
    private static Optional<String> obstacle(Component component) throws InterruptedException {
        try {
            if (component instanceof Service service) {
                HttpResponse<String> answer = Http.get(service.managementUrl("/actuator/health/readiness"), LIMIT);
                return answer.statusCode() == 200 ? Optional.empty() : Optional.of(unready(answer));
            }
            Probe probe = component instanceof Kafka kafka
                    ? Probe.kafkaSocket(kafka.settings().kafkaBootstrapServers())
                    : component.probe();
            probe.check();
            return Optional.empty();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception failed) {
            String reason = failed.getMessage();
            return reason != null && reason.contains(" answers ") ? Optional.of(reason) : NO_ANSWER;
        }
    }

    /** The parts of a health document that are not UP. */
    static String unready(HttpResponse<String> answer) {
        List<String> parts = new ArrayList<>();
        try {
            JsonNode health = JsonMapper.shared().readTree(answer.body());
            health.path("components").properties().forEach(part -> {
                String status = part.getValue().path("status").asString();
                if (!status.equals("UP")) {
                    parts.add(part.getKey() + " is " + status);
                }
            });
        } catch (JacksonException noDocument) {
            parts.clear();
        }
        return parts.isEmpty() ? "it answers %d".formatted(answer.statusCode()) : String.join(", ", parts);
    }

    /** The state T of proc_pid_stat(5) means stopped by a signal. */
    private static boolean isFrozen(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 1)
                    .strip()
                    .toUpperCase(Locale.ROOT)
                    .startsWith("T");
        } catch (IOException anotherSystem) {
            return false;
        }
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task, T otherwise) throws InterruptedException {
        try {
            return task.get(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return otherwise;
        }
    }
}
