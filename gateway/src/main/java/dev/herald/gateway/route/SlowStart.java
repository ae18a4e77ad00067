package dev.herald.gateway.route;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Gives an instance that has just come few requests at first, and its whole share after a while: a JVM that has just started is
 * slow, and a share that it cannot serve would be refused. nginx and Envoy call it slow start too.
 */
class SlowStart {

    private static final Duration RAMP = Duration.ofSeconds(30);

    /** From the beginning, so that it has something to become quick with. */
    private static final double LEAST_SHARE = 0.05;

    private final InstantSource clock;
    private final DoubleSupplier random;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    /** @param random from 0 to 1 */
    SlowStart(InstantSource clock, DoubleSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    /** Those that a request may go to, out of those that there are. */
    List<ServiceInstance> among(List<ServiceInstance> instances) {
        // Whoever was there before this process is as quick as it will ever be.
        Instant now = since.isEmpty() ? Instant.EPOCH : clock.instant();
        Set<String> addresses = instances.stream().map(RegistryCopy::addressOf).collect(Collectors.toSet());
        since.keySet().retainAll(addresses);
        addresses.forEach(address -> since.putIfAbsent(address, now));
        double chance = random.getAsDouble();
        List<ServiceInstance> ready = instances.stream()
                .filter(instance -> chance < share(RegistryCopy.addressOf(instance)))
                .toList();
        return ready.isEmpty() ? instances : ready;
    }

    private double share(String address) {
        Duration age = Duration.between(since.getOrDefault(address, Instant.EPOCH), clock.instant());
        return age.compareTo(RAMP) >= 0 ? 1 : Math.max(LEAST_SHARE, (double) age.toMillis() / RAMP.toMillis());
    }
}
