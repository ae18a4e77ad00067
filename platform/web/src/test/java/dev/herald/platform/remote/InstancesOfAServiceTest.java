package dev.herald.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.registry.OutlierDetection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;

class InstancesOfAServiceTest {

    private static final String SERVICE = "user-service";

    private final SimpleDiscoveryProperties listed = new SimpleDiscoveryProperties();
    private final SimpleDiscoveryClient registry = new SimpleDiscoveryClient(listed);
    private final OutlierDetection outliers = new OutlierDetection(Clock.systemUTC());
    private final InstancesOfAService.NotEjected instances =
            new InstancesOfAService.NotEjected(registry, SERVICE, outliers);
    private final InstancesOfAService.Outcomes outcomes = new InstancesOfAService.Outcomes(registry, SERVICE, outliers);

    @BeforeEach
    void listTwo() {
        listed.setInstances(Map.of(SERVICE, List.of(instance(1), instance(2))));
    }

    @Test
    void leaveOutOneThatDoesNotAnswer() {
        ServiceInstance frozen = registry.getInstances(SERVICE).getFirst();
        for (int call = 0; call < 3; call++) {
            complete(Status.FAILED, frozen);
        }

        assertThat(chosen()).extracting(ServiceInstance::getPort).containsExactly(2);
        assertThat(outliers.hasOthersThatAnswer(registry.getInstances(SERVICE))).isTrue();

        complete(Status.SUCCESS, frozen);
        assertThat(chosen()).hasSize(2);
    }

    private void complete(Status status, ServiceInstance instance) {
        outcomes.onComplete(new CompletionContext<>(status, new DefaultRequest<>(), new DefaultResponse(instance)));
    }

    private List<ServiceInstance> chosen() {
        return Objects.requireNonNull(instances.get().blockFirst());
    }

    private static InstanceProperties instance(int port) {
        InstanceProperties instance = new InstanceProperties();
        instance.setServiceId(SERVICE);
        instance.setInstanceId(SERVICE + port);
        instance.setHost("localhost");
        instance.setPort(port);
        return instance;
    }
}
