package dev.herald.local.settings;

import dev.herald.local.process.ListeningSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

public final class FreePorts {

    /** A step of 100 keeps the last two digits of a port. */
    private static final int STEP = 100;

    private static final int HIGHEST = 65_535;

    /** The random ports are below the ports that Linux and macOS use for outgoing connections. */
    private static final int LOWEST_RANDOM = 20_000;

    private static final int HIGHEST_RANDOM = 32_000;

    private FreePorts() {}

    /** @throws PortsTaken with one sentence for each port that is not free */
    public static void require(Settings settings, List<? extends PortUser> components) {
        List<String> taken = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        for (PortUser component : components) {
            component.ports().forEach((port, number) -> {
                if (!wanted.add(component.host() + ":" + number)) {
                    taken.add("Port %d is given to %s too: move one of them with %s."
                            .formatted(number, component.name(), port.variable()));
                } else if (isTaken(number)) {
                    // No variable moves the port of a further instance.
                    String move = settings.port(port) == number
                            ? ", or move %s with %s".formatted(component.name(), port.variable())
                            : "";
                    String free = ListeningSocket.programOn(number)
                            .map("%s listens there. End that"::formatted)
                            .orElse("free it");
                    taken.add(
                            "Port %d is taken, and %s needs it: %s%s.".formatted(number, component.name(), free, move));
                }
            });
        }
        if (!taken.isEmpty()) {
            throw new PortsTaken(taken);
        }
    }

    /**
     * Finds free ports for another instance of a service, in steps of 100 above those of the first.
     *
     * @param reserved ports that are used or will be; the found ports are added
     */
    public static Map<Port, Integer> above(Map<Port, Integer> first, Set<Integer> reserved) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        first.forEach((port, number) -> numbers.put(
                port,
                IntStream.iterate(number + STEP, candidate -> candidate <= HIGHEST, candidate -> candidate + STEP)
                        .filter(candidate -> !isTaken(candidate) && reserved.add(candidate))
                        .findFirst()
                        .orElseThrow(
                                () -> new PortsTaken(List.of("No port in steps of %d above %d is free: move it with %s."
                                        .formatted(STEP, number, port.variable()))))));
        return numbers;
    }

    /**
     * Finds a random free number for every port.
     *
     * @param reserved ports that are used or will be; the found ports are added
     */
    public static Map<Port, Integer> forAll(Set<Integer> reserved) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(
                    port,
                    ThreadLocalRandom.current()
                            .ints(LOWEST_RANDOM, HIGHEST_RANDOM)
                            .filter(candidate -> !isTaken(candidate) && reserved.add(candidate))
                            .findFirst()
                            .orElseThrow());
        }
        return numbers;
    }

    /** Checks both the loopback address and all addresses, because some systems let two programs listen, one on each. */
    public static boolean isTaken(int port) {
        return cannotListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                || cannotListen(new InetSocketAddress(port));
    }

    private static boolean cannotListen(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
