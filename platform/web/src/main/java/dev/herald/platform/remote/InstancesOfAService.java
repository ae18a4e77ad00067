package dev.herald.platform.remote;

import dev.herald.platform.registry.OutlierDetection;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;

/** The load balancer's beans of one called service; Spring creates a context for each. */
class InstancesOfAService {

    @Bean
    NotEjected instances(DiscoveryClient registry, Environment environment, OutlierDetection outliers) {
        return new NotEjected(registry, nameIn(environment), outliers);
    }

    @Bean
    Outcomes outcomes(DiscoveryClient registry, Environment environment, OutlierDetection outliers) {
        return new Outcomes(registry, nameIn(environment), outliers);
    }

    private static String nameIn(Environment environment) {
        return environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME);
    }

    /** Lists the instances of the service, without ejected ones. */
    record NotEjected(DiscoveryClient registry, String serviceId, OutlierDetection outliers)
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

    /** Reports to the outlier detection whether the chosen instance has answered. */
    record Outcomes(DiscoveryClient registry, String serviceId, OutlierDetection outliers)
            implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

        @Override
        public void onStart(Request<Object> request) {}

        @Override
        public void onStartRequest(Request<Object> request, Response<ServiceInstance> chosen) {}

        @Override
        public void onComplete(CompletionContext<Object, ServiceInstance, Object> call) {
            Response<ServiceInstance> chosen = call.getLoadBalancerResponse();
            ServiceInstance instance = chosen == null ? null : chosen.getServer();
            if (instance == null) {
                return;
            }
            if (call.status() == Status.SUCCESS) {
                outliers.answered(instance);
            } else if (call.status() == Status.FAILED) {
                outliers.failed(instance, registry.getInstances(serviceId));
            }
        }
    }
}
