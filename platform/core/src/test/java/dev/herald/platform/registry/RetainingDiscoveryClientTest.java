package dev.herald.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.EurekaClientConfig;
import com.netflix.discovery.shared.Application;
import com.netflix.discovery.shared.Applications;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;

class RetainingDiscoveryClientTest {

    private static final String SERVICE = "post-service";

    private final EurekaClient eureka = mock(EurekaClient.class);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final RetainingDiscoveryClient registry =
            new RetainingDiscoveryClient(eureka, mock(EurekaClientConfig.class), clock(() -> now));

    @Test
    void keepsTheLastKnownInstancesOfAServiceThatHasNone() {
        fetch("one", "two");
        now = now.plusSeconds(3600);
        fetch();

        assertThat(known()).containsExactly("one", "two");
        now = now.plusSeconds(14);
        fetch();
        assertThat(known()).containsExactly("one", "two");

        now = now.plusSeconds(1);
        assertThat(known()).isEmpty();
        fetch();
        assertThat(known()).isEmpty();
    }

    @Test
    void takesEveryListThatIsNotEmptyForTrue() {
        fetch("one", "two");
        fetch("two");

        assertThat(known()).containsExactly("two");
        fetch();
        assertThat(known()).containsExactly("two");
    }

    @Test
    void keepsThemAgainEachTime() {
        fetch("one");
        for (int restart = 0; restart < 2; restart++) {
            fetch();
            now = now.plusSeconds(10);
            fetch("one");
        }
        fetch();
        now = now.plusSeconds(10);

        assertThat(known()).containsExactly("one");
    }

    @Test
    void knowsNothingOfAServiceThatNeverHadAny() {
        fetch();

        assertThat(known()).isEmpty();
    }

    private void fetch(String... ids) {
        List<InstanceInfo> instances =
                Stream.of(ids).map(RetainingDiscoveryClientTest::instance).toList();
        Application application = new Application(SERVICE);
        instances.forEach(application::addInstance);
        Applications applications = new Applications();
        applications.addApplication(application);
        when(eureka.getApplications()).thenReturn(applications);
        when(eureka.getInstancesByVipAddress(anyString(), anyBoolean())).thenReturn(instances);
        registry.remember();
    }

    private List<String> known() {
        return registry.getInstances(SERVICE).stream()
                .map(ServiceInstance::getInstanceId)
                .toList();
    }

    private static InstanceInfo instance(String id) {
        return InstanceInfo.Builder.newBuilder()
                .setAppName(SERVICE)
                .setInstanceId(id)
                .build();
    }

    private static Clock clock(InstantSource time) {
        return time.withZone(ZoneOffset.UTC);
    }
}
