package dev.herald.local.suite;

import dev.herald.local.server.Service;
import dev.herald.local.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the probed services of a suite with the instances in the registry. */
final class RegistryComparison {

    private final Settings settings;
    private final List<Service> services;
    private final Registry registry;
    private final List<String> notes = new ArrayList<>();

    RegistryComparison(Settings settings, List<Service> services, Registry registry) {
        this.settings = settings;
        this.services = services;
        this.registry = registry;
    }

    /** Sentences about registered instances of Herald's services that are not of this suite. */
    List<String> strangers() {
        return registry.instances().stream()
                .filter(instance -> services.stream().anyMatch(instance::isOf))
                .filter(instance -> services.stream()
                        .noneMatch(service -> registry.of(service).equals(Optional.of(instance))))
                .map(stranger -> "The registry has %s at %s:%d, which is not of this suite."
                        .formatted(stranger.id(), stranger.host(), stranger.port()))
                .toList();
    }

    /** Adds its status in the registry to each service. */
    List<ComponentStatus> compare(List<ComponentStatus> probed) {
        return probed.stream()
                .map(status -> services.stream()
                        .filter(service -> service.name().equals(status.name()))
                        .findFirst()
                        .map(service -> compare(service, status, probed))
                        .orElse(status))
                .toList();
    }

    /** Sentences about instances that an operator took out of service, while another instance serves. */
    List<String> notes() {
        return notes;
    }

    private ComponentStatus compare(Service service, ComponentStatus probed, List<ComponentStatus> all) {
        Optional<Registry.Instance> instance = registry.of(service);
        String actual = instance.map(Registry.Instance::status).orElse(Registry.ABSENT);
        boolean answers = probed.state() == State.UP || probed.state() == State.UNREADY;
        if (answers && actual.equals(Registry.OUT_OF_SERVICE)) {
            // Reported instead of the probe: an instance that reads this status is not ready because of it.
            String sentence =
                    "is OUT_OF_SERVICE in the registry, which only an operator sets, so it gets no requests. curl -X DELETE %s removes that status."
                            .formatted(Registry.override(settings, instance.orElseThrow()));
            if (!hasAnother(service, all)) {
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

    private boolean hasAnother(Service service, List<ComponentStatus> all) {
        return services.stream()
                .filter(other -> other.module().equals(service.module()) && other.number() != service.number())
                .filter(other -> registry.of(other)
                        .filter(instance -> instance.status().equals("UP"))
                        .isPresent())
                .anyMatch(other -> all.stream()
                        .anyMatch(probed -> probed.name().equals(other.name()) && probed.state() == State.UP));
    }
}
