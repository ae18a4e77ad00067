package dev.herald.platform.remote;

import dev.herald.platform.registry.OutlierDetection;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/** The instances of one service, without ejected ones. */
record AnsweringInstances(DiscoveryClient registry, String serviceId, OutlierDetection outliers)
        implements ServiceInstanceListSupplier {

    @Override
    public String getServiceId() {
        return serviceId;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return Flux.just(outliers.among(registry.getInstances(serviceId), Duration.ZERO));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Flux<List<ServiceInstance>> get(Request request) {
        return get();
    }
}
