package dev.herald.local.suite;

import dev.herald.local.server.Component;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.server.Http;
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

    private List<ComponentStatus> compare(List<ComponentStatus> probed, Registry registry) {
        RegistryComparison comparison =
                new RegistryComparison(settings, suite.components().services(), registry);
        List<ComponentStatus> components = comparison.compare(probed);
        problems.addAll(comparison.strangers());
        notes.addAll(comparison.notes());
        return components;
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
