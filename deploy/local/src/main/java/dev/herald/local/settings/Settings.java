package dev.herald.local.settings;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.herald.local.process.SearchPath;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of the suite, from environment variables.
 *
 * @param environment the {@code HERALD_*} variables that are not blank
 */
public record Settings(Map<String, String> environment) {

    /** The default bind address, which other machines cannot reach. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final String TRUSTED_PROXIES = "HERALD_TRUSTED_PROXIES";

    /** The password of all roles of the embedded PostgreSQL. It is public, so the server listens on the loopback address by default. */
    public static final String LOCAL_PASSWORD = "herald-local";

    private static final int SMTP_STANDARD_PORT = 25;

    public static final String JAVA_OPTIONS = "HERALD_JAVA_OPTS";

    private static final String OBSERVE = "HERALD_OBSERVE";

    /** The number of a cluster's network, which {@code up --cluster} chooses. */
    private static final String CLUSTER = "HERALD_CLUSTER";

    /** In the settings of a node: its name, which is that of its network namespace too. */
    private static final String NODE = "HERALD_NODE";

    /** Parameters of PostgreSQL's driver: it connects to the server that accepts writes, and asks again which one that is after 1 s. */
    private static final String PRIMARY = "?targetServerType=primary&hostRecheckSeconds=1";

    private static final String RELAY = "HERALD_OUTBOX_RELAY";
    private static final List<String> RELAYS = List.of("relay", "debezium");

    /** For each embedded server, the variable with the address of the user's own server. */
    private static final Map<String, String> EXTERNAL = Map.of(
            "postgres", "HERALD_POSTGRES_URL",
            "kafka", "HERALD_KAFKA_BOOTSTRAP_SERVERS",
            "redis", "HERALD_REDIS_URL",
            "smtp", "HERALD_SMTP_HOST");

    public Settings {
        environment = environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("HERALD_"))
                .filter(variable -> !variable.getValue().isBlank())
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey, variable -> variable.getValue().strip()));
        for (Port port : Port.values()) {
            number(environment, port);
        }
        if (value(environment, CLUSTER).map(ClusterNetwork::parse).isEmpty()) {
            value(environment, BindAddress.VARIABLE).map(BindAddress::new).ifPresent(BindAddress::requireOfThisMachine);
        }
        value(environment, "HERALD_POSTGRES_URL").ifPresent(PostgresAddress::requireServerUrl);
        value(environment, "HERALD_REDIS_URL").ifPresent(Settings::requireRedisUrl);
        value(environment, RELAY).ifPresent(Settings::requireRelay);
        if (environment.containsKey(CLUSTER) && "debezium".equals(environment.get(RELAY))) {
            throw new BadSetting(RELAY, "debezium", "relay in a cluster");
        }
    }

    public Home home() {
        return new Home(value(environment, "HERALD_HOME")
                .map(Path::of)
                .orElseGet(() -> Checkout.root().resolve(".herald")));
    }

    public int port(Port port) {
        return number(environment, port);
    }

    public Map<Port, Integer> ports(String component) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        Port.of(component).forEach(port -> numbers.put(port, port(port)));
        return numbers;
    }

    public Settings moving(Map<Port, Integer> ports) {
        return with(ports.entrySet().stream()
                .collect(toUnmodifiableMap(
                        port -> port.getKey().variable(),
                        port -> port.getValue().toString())));
    }

    /** The settings of a cluster, in which several instances of a component run, each on a node of its own. */
    public Settings clustered() {
        ClusterNetwork network = ClusterNetwork.free();
        return with(Map.of(CLUSTER, Integer.toString(network.number()), BindAddress.VARIABLE, network.host()));
    }

    /** The network of a cluster; empty if this is none. */
    public Optional<ClusterNetwork> network() {
        return value(environment, CLUSTER).map(ClusterNetwork::parse);
    }

    public boolean isCluster() {
        return environment.containsKey(CLUSTER);
    }

    /** The settings of one instance: in a cluster those of its node, elsewhere these. */
    public Settings node(String component, int instance) {
        return network()
                .map(network -> with(Map.of(
                        NODE,
                        "herald%d-%s-%d".formatted(network.number(), component, instance),
                        BindAddress.VARIABLE,
                        network.address(component, instance))))
                .orElse(this);
    }

    /** The network namespace of a node; empty if the component runs on the network of this machine. */
    public Optional<String> namespace() {
        return value(environment, NODE);
    }

    public String bindAddress() {
        return binding().address();
    }

    public String host() {
        return binding().host();
    }

    public boolean bindsToAllAddresses() {
        return binding().isAll();
    }

    private BindAddress binding() {
        return new BindAddress(value(environment, BindAddress.VARIABLE).orElse(LOOPBACK));
    }

    /**
     * The addresses whose {@code X-Forwarded-For} the services trust besides loopback addresses: those from which the gateway calls them,
     * and those that the user trusts.
     */
    public String trustedProxies() {
        return Stream.concat(binding().callers(), value(environment, TRUSTED_PROXIES).stream())
                .collect(joining(","));
    }

    public URI url(Port port, String path) {
        return URI.create("http://%s:%d%s".formatted(host().equals(LOOPBACK) ? "localhost" : host(), port(port), path));
    }

    /** The user's JVM options for every service. They come last, so they override the launcher's options. */
    public List<String> javaOptions() {
        return value(environment, JAVA_OPTIONS).stream()
                .flatMap(options -> Arrays.stream(options.split("\\s+", -1)))
                .toList();
    }

    public Map<String, String> secret(String name) {
        Map<String, String> secret = secrets();
        secret.keySet().retainAll(Set.of(name));
        return secret;
    }

    /** The URL at which clients reach the gateway. */
    public String publicUrl() {
        return value(environment, "HERALD_PUBLIC_URL")
                .orElseGet(() -> url(Port.GATEWAY, "").toString());
    }

    /** The local secrets. Environment variables override them. */
    public Map<String, String> secrets() {
        Map<String, String> secrets = new HashMap<>(home().secrets().environment());
        secrets.replaceAll((name, secret) -> environment.getOrDefault(name, secret));
        return secrets;
    }

    public Settings observed() {
        return with(Map.of(OBSERVE, "true"));
    }

    private Settings with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Settings(all);
    }

    public Settings relayedBy(String relay) {
        return with(Map.of(RELAY, relay));
    }

    /** Whether Debezium publishes the services' events. */
    public boolean isRelayedByDebezium() {
        return "debezium".equals(environment.get(RELAY));
    }

    public boolean isObserved() {
        return "true".equals(environment.get(OBSERVE));
    }

    /** Whether the user's own server replaces an embedded one. */
    public boolean isExternal(String server) {
        return environment.containsKey(EXTERNAL.getOrDefault(server, ""));
    }

    /** Whether {@code up} starts the component. */
    boolean isStarted(String component) {
        return switch (component) {
            case "prometheus" -> isObserved() && SearchPath.find(component).isPresent();
            case "zipkin" -> isObserved();
            case "kafka-connect" -> isRelayedByDebezium();
            case "sentinel" -> sentinels().isPresent();
            default -> !isExternal(component);
        };
    }

    public PostgresAddress postgres() {
        return value(environment, "HERALD_POSTGRES_URL")
                .map(url -> new PostgresAddress(
                        url,
                        environment.getOrDefault("HERALD_POSTGRES_USER", "postgres"),
                        environment.getOrDefault("HERALD_POSTGRES_PASSWORD", "")))
                .orElseGet(() -> embedded(network()
                        .map(network -> network.addresses("postgres", port(Port.POSTGRES)) + PRIMARY)
                        .orElseGet(() -> address(Port.POSTGRES))));
    }

    /** The server at the address of these settings, also if it is the standby of another. */
    public PostgresAddress postgresHere() {
        return embedded(address(Port.POSTGRES));
    }

    private static PostgresAddress embedded(String server) {
        return new PostgresAddress("jdbc:postgresql://" + server, "postgres", LOCAL_PASSWORD);
    }

    public String kafkaBootstrapServers() {
        return value(environment, "HERALD_KAFKA_BOOTSTRAP_SERVERS")
                .orElseGet(() -> network()
                        .map(network -> network.addresses("kafka", port(Port.KAFKA)))
                        .orElseGet(() -> address(Port.KAFKA)));
    }

    /** The Sentinels of a cluster, which know Redis's master. */
    public Optional<String> sentinels() {
        return network()
                .filter(_ -> !isExternal("redis"))
                .map(network -> network.addresses("sentinel", port(Port.SENTINEL)));
    }

    /** The host and the port that a component with these settings listens on. */
    public String address(Port port) {
        return host() + ":" + port(port);
    }

    public URI redis() {
        return URI.create(value(environment, "HERALD_REDIS_URL").orElseGet(() -> "redis://" + address(Port.REDIS)));
    }

    public SmtpAddress smtp() {
        return value(environment, "HERALD_SMTP_HOST")
                .map(host -> new SmtpAddress(
                        host, environment.containsKey(Port.SMTP.variable()) ? port(Port.SMTP) : SMTP_STANDARD_PORT))
                .orElseGet(() -> new SmtpAddress(host(), port(Port.SMTP)));
    }

    private static Optional<String> value(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable));
    }

    private static int number(Map<String, String> environment, Port port) {
        String value = environment.get(port.variable());
        if (value == null) {
            return port.number();
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new BadSetting(port.variable(), value, "a port, 1 to 65535");
        }
        return Integer.parseInt(value);
    }

    private static void requireRelay(String relay) {
        if (!RELAYS.contains(relay)) {
            throw new BadSetting(RELAY, relay, String.join(" or ", RELAYS));
        }
    }

    private static void requireRedisUrl(String url) {
        if (!url.matches("redis://[^/\\s]+(/\\d*)?")) {
            throw new BadSetting("HERALD_REDIS_URL", url, "redis://host:port");
        }
    }
}
