package dev.herald.local.server;

import dev.herald.local.process.Failure;
import dev.herald.local.process.LogFile;
import dev.herald.local.settings.ClusterNetwork;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network of a cluster on this machine: each node has a network namespace, and a bridge connects them, so that a test can cut a node
 * off from another. It is made by {@code ip} of iproute2.
 *
 * @param log receives the output of the commands
 */
public record NodeNetwork(ClusterNetwork network, LogFile log) {

    /** A link-layer address that no node has. */
    private static final String NOWHERE = "02:00:00:00:00:00";

    private static final Path NAMESPACES = Path.of("/run/netns");

    public static NodeNetwork of(Settings settings, ClusterNetwork network) {
        return new NodeNetwork(network, settings.home().log("network"));
    }

    private String bridge() {
        return "herald" + network.number();
    }

    /** The command that runs another one in the namespace. */
    public static List<String> inside(String namespace) {
        return List.of("nsenter", "--net=" + NAMESPACES.resolve(namespace));
    }

    public void create(List<? extends Component> components) throws InterruptedException {
        delete();
        ip("link", "add", bridge(), "type", "bridge");
        ip("address", "add", network.host() + "/24", "dev", bridge());
        ip("link", "set", bridge(), "up");
        for (Component component : components) {
            if (component.settings().namespace().isPresent()) {
                connect(component.settings().namespace().get(), component.host());
            }
        }
    }

    private void connect(String namespace, String address) throws InterruptedException {
        String cable = "%s-%s".formatted(bridge(), address.substring(address.lastIndexOf('.') + 1));
        ip("netns", "add", namespace);
        ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        ip("link", "set", cable, "master", bridge(), "up");
        ip("-n", namespace, "address", "add", address + "/24", "dev", "eth0");
        ip("-n", namespace, "link", "set", "eth0", "up");
        ip("-n", namespace, "link", "set", "lo", "up");
    }

    /** Deletes what {@link #create} made, as far as it exists. */
    public void delete() throws InterruptedException {
        try {
            if (Files.exists(NAMESPACES)) {
                try (var namespaces = Files.newDirectoryStream(NAMESPACES, bridge() + "-*")) {
                    for (Path namespace : namespaces) {
                        ip("netns", "delete", namespace.getFileName().toString());
                    }
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        if (Files.exists(Path.of("/sys/class/net", bridge()))) {
            ip("link", "delete", bridge());
        }
    }

    /** Drops all packets between two nodes: each believes that the other one has a link-layer address that no node has. */
    public void cut(Component one, Component other) throws InterruptedException {
        neighbour(one, "replace", other.host(), "lladdr", NOWHERE, "nud", "permanent");
        neighbour(other, "replace", one.host(), "lladdr", NOWHERE, "nud", "permanent");
    }

    public void mend(Component one, Component other) throws InterruptedException {
        neighbour(one, "delete", other.host());
        neighbour(other, "delete", one.host());
    }

    private void neighbour(Component node, String... change) throws InterruptedException {
        String namespace = node.settings().namespace().orElseThrow();
        ip(Stream.of(Stream.of("-n", namespace, "neighbour"), Stream.of(change), Stream.of("dev", "eth0"))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    private void ip(String... words) throws InterruptedException {
        ProcessBuilder command = new ProcessBuilder("ip");
        command.command().addAll(List.of(words));
        try {
            log.append("ip " + String.join(" ", words));
            log.run(command);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Failure failed(IOException e) {
        return new Failure(
                "The network of the cluster cannot be changed: %s. See %s.".formatted(e.getMessage(), log.path()));
    }
}
