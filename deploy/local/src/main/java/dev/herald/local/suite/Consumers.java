package dev.herald.local.suite;

import dev.herald.local.server.Service;
import java.util.ArrayList;
import java.util.List;

/** The operations on services that consume events. */
public record Consumers(Suite suite, Terminal terminal) {

    /** Makes a service read its topics again from the beginning, and returns the partitions. */
    public List<String> replay(String service) throws InterruptedException {
        List<Service> instances = instances(service);
        List<String> partitions = new ArrayList<>();
        for (Service instance : instances) {
            // Each instance reads its own partitions again; only one may reset the read models. Parameters of an
            // endpoint
            // are strings.
            String body = "{\"reset\": \"%s\"}".formatted(instance.equals(instances.getFirst()));
            new Actuator(instance)
                    .send("POST", "/actuator/replay", body)
                    .get("partitions")
                    .forEach(partition -> partitions.add(partition.asString()));
        }
        return partitions;
    }

    public DeadLetters deadLetters(String service) {
        return new DeadLetters(instances(service).getFirst(), terminal);
    }

    private List<Service> instances(String service) {
        if (!Components.CONSUMERS.contains(suite.components().named(service).name())) {
            throw new BadUsage(
                    "%s consumes no events. These do: %s.".formatted(service, String.join(", ", Components.CONSUMERS)));
        }
        List<Service> running = suite
                .components()
                .instancesAbove(suite.components().scalable(service), 0)
                .stream()
                .filter(instance -> suite.runs(instance.name()))
                .toList();
        if (running.isEmpty()) {
            throw new NotUp(suite.isRunning());
        }
        return running;
    }
}
