package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives an instance that is new in the registry few requests at first, and its whole share after a while: a JVM that has just started is
 * slow, and a share that it cannot serve would be refused. nginx and Envoy call it slow start too. An instance's age is measured by the
 * clock of this process, since it was first seen here.
 */
@Component
class SlowStart {

    private static final Duration RAMP = Duration.ofSeconds(30);

    /** From the beginning, so that the instance has requests to warm up with. */
    private static final double LEAST_SHARE = 0.05;

    private final DiscoveryClient registry;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Map<String, Instant> firstSeen = new ConcurrentHashMap<>();

    @Autowired
    SlowStart(DiscoveryClient registry, Clock clock) {
        this(registry, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random from 0 to 1 */
    SlowStart(DiscoveryClient registry, Clock clock, DoubleSupplier random) {
        this.registry = registry;
        this.clock = clock;
        this.random = random;
    }

    /** After every fetch of the registry. */
    @EventListener(HeartbeatEvent.class)
    void look() {
        Instant now = clock.instant();
        Set<String> present = new HashSet<>();
        for (String service : registry.getServices()) {
            for (ServiceInstance instance : registry.getInstances(service)) {
                present.add(OutlierDetection.keyOf(instance));
            }
        }
        firstSeen.keySet().retainAll(present);
        present.forEach(instance -> firstSeen.putIfAbsent(instance, now));
    }

    /** Those that a request may go to, out of those that there are. */
    List<ServiceInstance> among(List<ServiceInstance> instances) {
        if (instances.size() < 2) {
            return instances;
        }
        Instant now = clock.instant();
        double chance = random.getAsDouble();
        List<ServiceInstance> ready = instances.stream()
                .filter(instance -> chance < share(instance, now))
                .toList();
        return ready.isEmpty() ? instances : ready;
    }

    private double share(ServiceInstance instance, Instant now) {
        Instant since = firstSeen.getOrDefault(OutlierDetection.keyOf(instance), now);
        double ramped = (double) Duration.between(since, now).toMillis() / RAMP.toMillis();
        return Math.max(LEAST_SHARE, ramped);
    }
}
