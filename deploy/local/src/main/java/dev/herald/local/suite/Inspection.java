package dev.herald.local.suite;

import dev.herald.local.server.Component;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.SuiteStatus.Alert;
import dev.herald.local.suite.SuiteStatus.GatewayAnswer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.json.JsonMapper;

/** Inspects a running suite: probes all components in parallel, calls the gateway, and reads the registry and the alerts. */
public final class Inspection {

    /** A public path that the gateway routes to user-service. */
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
        FutureTask<GatewayAnswer> call = ComponentProbe.inBackground(this::callThroughGateway);
        FutureTask<Optional<Registry>> reading =
                ComponentProbe.inBackground(() -> Registry.read(settings, ComponentProbe.LIMIT));
        FutureTask<List<Alert>> firing = ComponentProbe.inBackground(this::firingAlerts);
        List<ComponentStatus> probed = probeAll();
        Optional<Registry> registry = ComponentProbe.result(reading, Optional.empty());
        List<ComponentStatus> components =
                registry.map(read -> compare(probed, read)).orElse(probed);
        GatewayAnswer noAnswer =
                new GatewayAnswer(settings.url(Port.GATEWAY, CALL), 0, ComponentProbe.PROBE_LIMIT.toMillis());
        GatewayAnswer gateway = ComponentProbe.result(call, noAnswer);
        List<Alert> alerts = ComponentProbe.result(firing, List.of());
        for (ComponentStatus component : components) {
            if (component.problem() != null) {
                problems.add(component.name() + " " + component.problem());
            }
        }
        if (!gateway.isGood()) {
            problems.add("GET %s %s."
                    .formatted(
                            gateway.url(),
                            gateway.status() == 0 ? "has no answer" : "is answered with " + gateway.status()));
        }
        alerts.stream()
                .filter(Alert::isPage)
                .forEach(page -> problems.add("The alert %s fires: %s".formatted(page.name(), page.summary())));
        return new SuiteStatus(suite.since().orElseGet(Instant::now), gateway, components, alerts, notes, problems);
    }

    private List<ComponentStatus> probeAll() throws InterruptedException {
        List<FutureTask<ComponentStatus>> probes = new ArrayList<>();
        for (ExternalServer server : suite.components().externals()) {
            probes.add(ComponentProbe.inBackground(() -> ComponentProbe.of(server)));
        }
        for (Component component : suite.components().all()) {
            probes.add(ComponentProbe.inBackground(() -> ComponentProbe.of(component, suite.statusOf(component))));
        }
        List<ComponentStatus> probed = new ArrayList<>();
        for (FutureTask<ComponentStatus> probe : probes) {
            try {
                probed.add(probe.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return probed;
    }

    /** Adds its status in the registry to each service, and reports registered instances that are not of this suite. */
    private List<ComponentStatus> compare(List<ComponentStatus> probed, Registry registry) {
        List<Service> services = suite.components().services();
        registry.instances().stream()
                .filter(instance -> services.stream().anyMatch(instance::isOf))
                .filter(instance -> services.stream()
                        .noneMatch(service -> registry.of(service).equals(Optional.of(instance))))
                .forEach(stranger -> problems.add("The registry has %s at %s:%d, which is not of this suite."
                        .formatted(stranger.id(), stranger.host(), stranger.port())));
        return probed.stream()
                .map(status -> services.stream()
                        .filter(service -> service.name().equals(status.name()))
                        .findFirst()
                        .map(service -> compare(service, status, probed, registry))
                        .orElse(status))
                .toList();
    }

    private ComponentStatus compare(
            Service service, ComponentStatus probed, List<ComponentStatus> all, Registry registry) {
        Optional<Registry.Instance> instance = registry.of(service);
        String actual = instance.map(Registry.Instance::status).orElse(Registry.ABSENT);
        boolean answers = probed.state() == State.UP || probed.state() == State.UNREADY;
        if (answers && actual.equals(Registry.OUT_OF_SERVICE)) {
            // Reported instead of the probe: an instance that reads this status is not ready because of it.
            String sentence =
                    "is OUT_OF_SERVICE in the registry, which only an operator sets, so it gets no requests. curl -X DELETE %s removes that status."
                            .formatted(Registry.override(settings, instance.orElseThrow()));
            if (!hasAnother(service, all, registry)) {
                return probed.registered(actual, sentence);
            }
            notes.add(service.name() + " " + sentence);
            return probed.registered(actual, null);
        }
        if (probed.problem() == null && !actual.equals("UP")) {
            return probed.registered(
                    actual,
                    "is up, but %s in the registry: it gets no requests. ./herald restart %s registers it again."
                            .formatted(actual, service.name()));
        }
        return probed.registered(actual, probed.problem());
    }

    private boolean hasAnother(Service service, List<ComponentStatus> all, Registry registry) {
        return suite.components().services().stream()
                .filter(other -> other.module().equals(service.module()) && other.number() != service.number())
                .filter(other -> registry.of(other)
                        .filter(instance -> instance.status().equals("UP"))
                        .isPresent())
                .anyMatch(other -> all.stream()
                        .anyMatch(probed -> probed.name().equals(other.name()) && probed.state() == State.UP));
    }

    private GatewayAnswer callThroughGateway() throws InterruptedException {
        URI url = settings.url(Port.GATEWAY, CALL);
        Instant begin = Instant.now();
        int status = 0;
        for (int attempt = 0; attempt < 2 && status == 0 && suite.runs("gateway"); attempt++) {
            try {
                status = Http.get(url, ComponentProbe.LIMIT).statusCode();
            } catch (UncheckedIOException e) {
                status = 0;
            }
        }
        return new GatewayAnswer(
                url, status, Duration.between(begin, Instant.now()).toMillis());
    }

    private List<Alert> firingAlerts() throws InterruptedException {
        if (!suite.runs("prometheus")) {
            return List.of();
        }
        HttpResponse<String> answer = Http.get(settings.url(Port.PROMETHEUS, "/api/v1/alerts"), ComponentProbe.LIMIT);
        if (answer.statusCode() != 200) {
            return List.of();
        }
        return JsonMapper.shared()
                .readTree(answer.body())
                .at("/data/alerts")
                .valueStream()
                .filter(alert -> alert.path("state").asString().equals("firing"))
                // The alert Watchdog has this severity and always fires.
                .filter(alert -> !alert.at("/labels/severity").asString().equals("none"))
                .map(alert -> new Alert(
                        alert.at("/labels/alertname").asString(),
                        alert.at("/labels/severity").asString(),
                        alert.path("activeAt").asString(),
                        alert.at("/annotations/summary").asString()))
                .toList();
    }
}
