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
 * Gives a new instance 5 % of its share of requests at first and all of it after 30 s, because a JVM is slow until it has compiled its hot
 * code. The age is counted from when this process first saw the instance in the registry.
 */
@Component
class SlowStart {

    private static final Duration RAMP = Duration.ofSeconds(30);

    /** More than zero, because the instance needs requests to warm up. */
    private static final double MIN_SHARE = 0.05;

    private final DiscoveryClient registry;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Map<String, Instant> firstSeen = new ConcurrentHashMap<>();

    @Autowired
    SlowStart(DiscoveryClient registry, Clock clock) {
        this(registry, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    SlowStart(DiscoveryClient registry, Clock clock, DoubleSupplier random) {
        this.registry = registry;
        this.clock = clock;
        this.random = random;
    }

    @EventListener(HeartbeatEvent.class)
    void update() {
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
        return Math.max(MIN_SHARE, ramped);
    }
}
