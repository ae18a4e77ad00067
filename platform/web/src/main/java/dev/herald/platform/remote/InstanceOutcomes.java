package dev.herald.platform.remote;

import dev.herald.platform.registry.OutlierDetection;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/** Reports to the outlier detection whether the chosen instance has answered. */
record InstanceOutcomes(DiscoveryClient registry, String serviceId, OutlierDetection outliers)
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
