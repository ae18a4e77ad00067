package dev.herald.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Settings for a suite of a test's own, beside whatever else runs on this machine. */
final class TestSettings {

    /** Below what Linux and macOS give to outgoing connections, which come and go while a test runs. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private TestSettings() {}

    static Settings onFreePorts(Path home) {
        return new Settings(environment(home));
    }

    /** The same as variables, for the command line. */
    static Map<String, String> environment(Path home) {
        Map<String, String> environment = new HashMap<>(Map.of("HERALD_HOME", home.toString()));
        Set<Integer> chosen = new HashSet<>();
        Arrays.stream(Port.values())
                .forEach(port -> environment.put(port.variable(), Integer.toString(freePort(chosen))));
        return environment;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort(Set<Integer> chosen) {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port) && chosen.add(port)) {
                return port;
            }
        }
    }
}
