package dev.herald.local.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.TestSettings;
import dev.herald.local.suite.Components;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {

    private final Settings settings;
    private final Components components;

    FreePortsTest(@TempDir Path home) {
        settings = TestSettings.onFreePorts(home);
        components = new Components(settings);
    }

    @Test
    void areEnough() {
        assertThatCode(() -> FreePorts.require(settings, components.all())).doesNotThrowAnyException();
    }

    @Test
    void nameEachTakenOneWithWhoNeedsItAndWhatMovesIt() throws IOException {
        try (ServerSocket gateway = listenOn(Port.GATEWAY);
                ServerSocket controller = listenOn(Port.KAFKA_CONTROLLER)) {
            assertThatExceptionOfType(PortsTaken.class)
                    .isThrownBy(() -> FreePorts.require(settings, components.all()))
                    .withMessageContaining("Port %d is taken, and gateway needs it".formatted(gateway.getLocalPort()))
                    .withMessageContaining("HERALD_GATEWAY_PORT")
                    .withMessageContaining("Port %d is taken, and kafka needs it".formatted(controller.getLocalPort()))
                    .withMessageContaining("HERALD_KAFKA_CONTROLLER_PORT");
        }
    }

    @Test
    void areGivenToOneOnly() {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("HERALD_REDIS_PORT", environment.get("HERALD_KAFKA_PORT"));
        Settings twice = new Settings(environment);

        assertThatExceptionOfType(PortsTaken.class)
                .isThrownBy(() -> FreePorts.require(twice, new Components(twice).all()))
                .withMessageContaining("is given to redis too")
                .withMessageContaining("HERALD_REDIS_PORT");
    }

    @Test
    void ofAFurtherInstanceAreTheNextFreeOnes() throws IOException {
        int first = settings.port(Port.POST_SERVICE);
        try (ServerSocket taken = listenOn(Port.POST_SERVICE)) {
            Map<Port, Integer> chosen = FreePorts.above(
                    Map.of(Port.POST_SERVICE, taken.getLocalPort() - 200), new HashSet<>(Set.of(first - 100)));

            assertThat(chosen.get(Port.POST_SERVICE)).isGreaterThan(first);
            assertThat((chosen.getOrDefault(Port.POST_SERVICE, 0) - first) % 100)
                    .isZero();
        }
    }

    @Test
    void ofTwoFurtherInstancesAreDifferent() {
        Set<Integer> reserved = new HashSet<>();
        Map<Port, Integer> first = Map.of(Port.POST_SERVICE, 20_000, Port.POST_SERVICE_MANAGEMENT, 20_100);

        FreePorts.above(first, reserved);
        FreePorts.above(first, reserved);

        assertThat(reserved).hasSize(4);
    }

    @Test
    void areFoundForAWholeSuite() {
        Map<Port, Integer> all = FreePorts.forAll(new HashSet<>());

        assertThat(all).containsOnlyKeys(Port.values());
        assertThat(all.values()).doesNotHaveDuplicates().noneMatch(FreePorts::isTaken);
    }

    @Test
    void mayBeUsedUp() {
        assertThatExceptionOfType(PortsTaken.class)
                .isThrownBy(() -> FreePorts.above(Map.of(Port.POST_SERVICE, 65_500), new HashSet<>()))
                .withMessageContaining("HERALD_POST_SERVICE_PORT");
    }

    private ServerSocket listenOn(Port port) throws IOException {
        return new ServerSocket(settings.port(port), 1, InetAddress.getLoopbackAddress());
    }
}
