package dev.herald.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Looks, before anything starts, whether every component will get its ports. */
final class FreePorts {

    private FreePorts() {}

    /** @throws PortsTaken naming each port that is not free, who needs it, and what moves it */
    static void require(Settings settings, List<Component> components) {
        List<String> taken = new ArrayList<>();
        Map<Port, Integer> wanted = new EnumMap<>(Port.class);
        for (Component component : components) {
            for (Port port : component.ports()) {
                int number = settings.port(port);
                if (wanted.containsValue(number)) {
                    taken.add("Port %d is given to %s too: move one of them with %s."
                            .formatted(number, component.name(), port.variable()));
                } else if (isTaken(number)) {
                    taken.add("Port %d is taken, and %s needs it: free it, or move %s with %s."
                            .formatted(number, component.name(), component.name(), port.variable()));
                }
                wanted.put(port, number);
            }
        }
        if (!taken.isEmpty()) {
            throw new PortsTaken(taken);
        }
    }

    /** On the loopback address and on all: some systems allow one while another process has the other. */
    static boolean isTaken(int port) {
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
