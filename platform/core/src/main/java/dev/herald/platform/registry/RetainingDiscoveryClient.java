package dev.herald.platform.registry;

import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.EurekaClientConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.netflix.eureka.EurekaDiscoveryClient;
import org.springframework.context.event.EventListener;

/**
 * Finds instances in the local copy of the registry. While the copy lists no instance of a service, the last known ones
 * are used for up to {@link #RETENTION}, because a restarted registry lists none until they have registered again.
 */
class RetainingDiscoveryClient extends EurekaDiscoveryClient {

    static final Duration RETENTION = Duration.ofSeconds(15);

    private final Clock clock;
    private final Map<String, LastKnown> lastKnown = new ConcurrentHashMap<>();

    /** @param emptySince when the registry first listed no instance; null while it lists some */
    private record LastKnown(
            List<ServiceInstance> instances, @Nullable Instant emptySince) {

        boolean isOver(Instant now) {
            return emptySince != null && !now.isBefore(emptySince.plus(RETENTION));
        }
    }

    RetainingDiscoveryClient(EurekaClient client, EurekaClientConfig config, Clock clock) {
        super(client, config);
        this.clock = clock;
    }

    @Override
    public List<ServiceInstance> getInstances(String service) {
        List<ServiceInstance> listed = super.getInstances(service);
        if (!listed.isEmpty()) {
            return listed;
        }
        LastKnown last = lastKnown.get(service);
        return last == null || last.isOver(clock.instant()) ? listed : last.instances();
    }

    /** Runs after every fetch of the registry. */
    @EventListener(HeartbeatEvent.class)
    void remember() {
        Instant now = clock.instant();
        Set<String> services = new HashSet<>(lastKnown.keySet());
        services.addAll(getServices());
        for (String service : services) {
            List<ServiceInstance> listed = super.getInstances(service);
            lastKnown.compute(service, (name, last) -> remembered(last, listed, now));
        }
    }

    private static @Nullable LastKnown remembered(@Nullable LastKnown last, List<ServiceInstance> listed, Instant now) {
        if (!listed.isEmpty()) {
            return new LastKnown(listed, null);
        }
        if (last == null || last.isOver(now)) {
            return null;
        }
        return last.emptySince() == null ? new LastKnown(last.instances(), now) : last;
    }
}
