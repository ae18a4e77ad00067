package dev.herald.local.settings;

import dev.herald.local.process.Failure;
import dev.herald.local.process.SearchPath;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The addresses of a cluster: a network 10.213.x.0/24 on this machine, with an address for each node.
 *
 * @param number the x, by which several clusters differ
 */
public record ClusterNetwork(int number) {

    private static final int NUMBERS = 256;
    private static final int MOST_INSTANCES = 10;

    private static final List<String> COMPONENTS =
            List.of("postgres", "kafka", "redis", "sentinel", "user-service", "post-service", "notification-service");

    /** Components of which a majority decides. */
    private static final Set<String> OF_THREE = Set.of("kafka", "sentinel");

    /** The first network that this machine does not use. */
    static ClusterNetwork free() {
        if (!isPossible()) {
            throw new Failure("A cluster needs Linux, root, and the programs ip and nsenter"
                    + " (Debian, Ubuntu: apt-get install iproute2 util-linux).");
        }
        try {
            Set<String> used = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.toSet());
            return IntStream.range(0, NUMBERS)
                    .mapToObj(ClusterNetwork::new)
                    .filter(network -> !used.contains(network.host()))
                    .findFirst()
                    .orElseThrow(() -> new Failure("All networks 10.213.x.0/24 of this machine are used."));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ClusterNetwork parse(String number) {
        if (!number.matches("\\d{1,3}") || Integer.parseInt(number) >= NUMBERS) {
            throw new BadSetting("HERALD_CLUSTER", number, "a number from 0 to 255, as up --cluster sets it");
        }
        return new ClusterNetwork(Integer.parseInt(number));
    }

    /** Whether this machine can have network namespaces. */
    public static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"))
                && Stream.of("ip", "nsenter")
                        .allMatch(program -> SearchPath.find(program).isPresent());
    }

    /** The address of this machine, where the components that are no nodes listen. */
    public String host() {
        return address(1);
    }

    /** How many instances of the component the cluster has. */
    public static int size(String component) {
        return OF_THREE.contains(component) ? 3 : 2;
    }

    /** The address of an instance of a component, from 1. */
    String address(String component, int instance) {
        return address(MOST_INSTANCES * (1 + COMPONENTS.indexOf(component)) + instance);
    }

    /** Comma-separated, as clients need them. */
    String addresses(String component, int port) {
        return IntStream.rangeClosed(1, size(component))
                .mapToObj(instance -> address(component, instance) + ":" + port)
                .collect(Collectors.joining(","));
    }

    private String address(int last) {
        return "10.213.%d.%d".formatted(number, last);
    }
}
