package dev.herald.gateway.route;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * The instances of one service, as the registry's copy in this process has them. Spring's own supplier asks the same copy, but
 * as it would a distant registry: with a timeout for every request.
 */
record RegistryCopy(DiscoveryClient registry, String serviceId, SlowStart slowStart)
        implements ServiceInstanceListSupplier {

    private static final String TRIED = RegistryCopy.class.getName() + ".tried";

    @Override
    public String getServiceId() {
        return serviceId;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return Flux.just(registry.getInstances(serviceId));
    }

    /** A request that is made again goes to an instance that it has not been to, while there is one. */
    @Override
    @SuppressWarnings("rawtypes")
    public Flux<List<ServiceInstance>> get(Request request) {
        Set<String> tried = tried(request);
        List<ServiceInstance> all = registry.getInstances(serviceId);
        if (tried.isEmpty()) {
            return Flux.just(slowStart.among(all));
        }
        List<ServiceInstance> others = all.stream()
                .filter(instance -> !tried.contains(addressOf(instance)))
                .toList();
        return Flux.just(others.isEmpty() ? all : others);
    }

    /** Remembered in the exchange, where the load balancer leaves its last choice. */
    @SuppressWarnings("unchecked")
    private static Set<String> tried(Request<?> request) {
        if (!(request.getContext() instanceof RequestDataContext context)) {
            return Set.of();
        }
        RequestData made = Objects.requireNonNull(context.getClientRequest());
        Map<String, Object> exchange = made.getAttributes();
        if (!(exchange.get(ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR) instanceof Response<?> last
                && last.getServer() instanceof ServiceInstance instance)) {
            return Set.of();
        }
        Set<String> tried = (Set<String>) exchange.computeIfAbsent(TRIED, none -> new HashSet<String>());
        tried.add(addressOf(instance));
        return tried;
    }

    private static String addressOf(ServiceInstance instance) {
        return instance.getHost() + ":" + instance.getPort();
    }
}
