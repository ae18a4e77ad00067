package dev.herald.local;

import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Settings for the suite of one test, on free ports. */
public final class TestSettings {

    /** Shorter than copies of the registry live. {@link RollingRestartIT} calls stopping instances, so it keeps the default. */
    static final String DEREGISTRATION_DELAY = "HERALD_DEREGISTRATION_DELAY";

    /** Tests are too short for C2. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** The shared suite runs while other suites are started and stopped. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private TestSettings() {}

    public static Settings onFreePorts(Path home) {
        return new Settings(
                        Map.of("HERALD_HOME", home.toString(), DEREGISTRATION_DELAY, "1s", "HERALD_JAVA_OPTS", QUICK))
                .moving(FreePorts.forAll(GIVEN));
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
