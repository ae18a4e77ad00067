package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * The candidates for a request to one service, from this process's copy of the registry. Spring's
 * DiscoveryClientServiceInstanceListSupplier reads the same copy, but schedules a timeout for each request.
 */
record InstanceSupplier(DiscoveryClient registry, String serviceId, OutlierDetection outliers, SlowStart slowStart)
        implements ServiceInstanceListSupplier {

    private static final String TRIED = InstanceSupplier.class.getName() + ".tried";

    /** Writes try an ejected instance later than reads, because only a read can be retried. */
    private static final Duration WRITES_WAIT = OutlierDetection.EJECTION;

    @Override
    public String getServiceId() {
        return serviceId;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return Flux.just(registry.getInstances(serviceId));
    }

    /** A retry goes to an instance that has not been tried, if there is one. */
    @Override
    @SuppressWarnings("rawtypes")
    public Flux<List<ServiceInstance>> get(Request request) {
        List<ServiceInstance> all = registry.getInstances(serviceId);
        RequestData made = request.getContext() instanceof RequestDataContext context
                ? Objects.requireNonNull(context.getClientRequest())
                : null;
        Set<String> tried = tried(made);
        if (tried.isEmpty()) {
            boolean isRead = made != null && Failover.isRead(made.getHttpMethod());
            return Flux.just(slowStart.among(outliers.among(all, isRead ? Duration.ZERO : WRITES_WAIT)));
        }
        List<ServiceInstance> others = all.stream()
                .filter(instance -> !tried.contains(OutlierDetection.keyOf(instance)))
                .toList();
        return Flux.just(others.isEmpty() ? all : outliers.notEjected(others));
    }

    /** Collects the tried instances in the exchange, because the load balancer stores only its last choice there. */
    @SuppressWarnings("unchecked")
    private static Set<String> tried(@Nullable RequestData made) {
        if (made == null) {
            return Set.of();
        }
        Map<String, Object> exchange = made.getAttributes();
        if (!(exchange.get(ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR) instanceof Response<?> last
                && last.getServer() instanceof ServiceInstance instance)) {
            return Set.of();
        }
        Set<String> tried = (Set<String>) exchange.computeIfAbsent(TRIED, none -> new HashSet<String>());
        tried.add(OutlierDetection.keyOf(instance));
        return tried;
    }
}
