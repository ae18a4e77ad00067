package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {

    private final Settings settings;
    private final Lineup lineup;

    FreePortsTest(@TempDir Path home) {
        settings = TestSettings.onFreePorts(home);
        lineup = new Lineup(settings);
    }

    @Test
    void areEnough() {
        assertThatCode(() -> FreePorts.require(settings, lineup.all())).doesNotThrowAnyException();
    }

    @Test
    void nameEachTakenOneWithWhoNeedsItAndWhatMovesIt() throws IOException {
        try (ServerSocket gateway = listenOn(Port.GATEWAY);
                ServerSocket controller = listenOn(Port.KAFKA_CONTROLLER)) {
            assertThatExceptionOfType(PortsTaken.class)
                    .isThrownBy(() -> FreePorts.require(settings, lineup.all()))
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
                .isThrownBy(() -> FreePorts.require(twice, new Lineup(twice).all()))
                .withMessageContaining("is given to redis too")
                .withMessageContaining("HERALD_REDIS_PORT");
    }

    private ServerSocket listenOn(Port port) throws IOException {
        return new ServerSocket(settings.port(port), 1, InetAddress.getLoopbackAddress());
    }
}
