package dev.herald.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.TestSettings;
import dev.herald.local.server.Component;
import dev.herald.local.server.Service;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentsTest {

    private static final Map<Port, Integer> PORTS =
            Map.of(Port.POST_SERVICE, 18182, Port.POST_SERVICE_MANAGEMENT, 19182);

    private final Components components;
    private final RunRecords records;
    private final Service first;

    ComponentsTest(@TempDir Path home) {
        Settings settings = TestSettings.onFreePorts(home);
        components = new Components(settings);
        records = new RunRecords(settings.home().run());
        first = components.scalable("post-service");
    }

    @Test
    void hasOneInstanceOfEachService() {
        assertThat(components.services())
                .extracting(Service::name)
                .containsExactly("user-service", "post-service", "notification-service", "gateway");
    }

    /** A service that listens on all addresses registers with another one than the loopback address, from which the gateway calls it. */
    @Test
    void trustsTheGatewayAtTheAddressOfItsCalls() throws IOException {
        assertThat(trustedProxies("HERALD_BIND_ADDRESS", "127.0.0.2")).containsExactly("127.0.0.2");
        assertThat(trustedProxies("HERALD_BIND_ADDRESS", "0.0.0.0"))
                .containsAll(NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(Inet4Address.class::isInstance)
                        .map(InetAddress::getHostAddress)
                        .toList());
        assertThat(trustedProxies("HERALD_TRUSTED_PROXIES", "192.0.2.0/24"))
                .containsExactly("127.0.0.1", "192.0.2.0/24");
    }

    private static List<String> trustedProxies(String variable, String value) {
        Components components = new Components(new Settings(Map.of(variable, value)));
        assertThat(trustedProxies("gateway", components)).isEmpty();
        return List.of(trustedProxies("user-service", components).split(",", -1));
    }

    private static String trustedProxies(String service, Components components) {
        return components.services().stream()
                .filter(candidate -> candidate.module().equals(service))
                .map(found -> found.environment().getOrDefault("HERALD_TRUSTED_PROXIES", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void plansFurtherInstancesOnPortsOfTheirOwn() {
        List<Service> instances = components.instances(first, 3);

        assertThat(instances)
                .extracting(Service::name)
                .containsExactly("post-service", "post-service-2", "post-service-3");
        assertThat(new HashSet<>(instances.stream()
                        .flatMap(each -> each.ports().values().stream())
                        .toList()))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "discovery", "kafka"})
    void scalesNothingThatIsKnownByItsAddress(String component) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> components.scalable(component))
                .withMessageContaining(component)
                .withMessageContaining("user-service, post-service, notification-service");
    }

    @Nested
    class WithASecondInstance {

        @BeforeEach
        void record() {
            records.save(RunRecord.of("post-service-2", ProcessHandle.current(), PORTS, Path.of("log")));
        }

        @Test
        void listsItBesideTheFirst() {
            assertThat(components.all())
                    .extracting(Component::name)
                    .containsSubsequence("post-service", "post-service-2", "gateway");
            assertThat(components.named("post-service-2").ports()).isEqualTo(PORTS);
        }

        @Test
        void keepsItWhenAThirdComes() {
            assertThat(components.instances(first, 3))
                    .startsWith(first, first.instance(2, PORTS))
                    .hasSize(3);
        }

        @Test
        void scalesTheServiceAndNotItsInstance() {
            assertThatExceptionOfType(BadUsage.class).isThrownBy(() -> components.scalable("post-service-2"));
        }

        @Test
        void forgetsItWithItsRecord() {
            records.forget("post-service-2");

            assertThat(components.instancesAbove(first, 1)).isEmpty();
        }
    }
}
