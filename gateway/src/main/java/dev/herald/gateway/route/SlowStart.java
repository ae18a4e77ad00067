package dev.herald.gateway.route;

import com.netflix.appinfo.LeaseInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.netflix.eureka.EurekaServiceInstance;

/**
 * Gives an instance that has just come few requests at first, and its whole share after a while: a JVM that has just started is
 * slow, and a share that it cannot serve would be refused. nginx and Envoy call it slow start too.
 *
 * @param random from 0 to 1
 */
record SlowStart(InstantSource clock, DoubleSupplier random) {

    private static final Duration RAMP = Duration.ofSeconds(30);

    /** From the beginning, so that it has something to become quick with. */
    private static final double LEAST_SHARE = 0.05;

    /** Those that a request may go to, out of those that there are. */
    List<ServiceInstance> among(List<ServiceInstance> instances) {
        Instant now = clock.instant();
        double chance = random.getAsDouble();
        List<ServiceInstance> ready = instances.stream()
                .filter(instance -> chance < share(instance, now))
                .toList();
        return ready.isEmpty() ? instances : ready;
    }

    private static double share(ServiceInstance instance, Instant now) {
        double ramped = (double) (now.toEpochMilli() - upSince(instance)) / RAMP.toMillis();
        return Math.max(LEAST_SHARE, ramped);
    }

    /** In ms since the epoch, by the registry's clock; 0 if nobody says. */
    private static long upSince(ServiceInstance instance) {
        LeaseInfo lease = instance instanceof EurekaServiceInstance registered
                ? registered.getInstanceInfo().getLeaseInfo()
                : null;
        return lease == null ? 0 : lease.getServiceUpTimestamp();
    }
}
