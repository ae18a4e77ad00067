package dev.herald.local.suite;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.herald.local.server.Component;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.server.Kafka;
import dev.herald.local.server.KafkaConnect;
import dev.herald.local.server.Postgres;
import dev.herald.local.server.Probe;
import dev.herald.local.server.Prometheus;
import dev.herald.local.server.Redis;
import dev.herald.local.server.Sentinel;
import dev.herald.local.server.Service;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.server.Smtp;
import dev.herald.local.server.Zipkin;
import dev.herald.local.settings.ClusterNetwork;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Secrets;
import dev.herald.local.settings.Settings;
import dev.herald.local.settings.SmtpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The components of the suite in the order of their start: servers, discovery, services, Kafka Connect, observers. */
public final class Components {

    /** The number of partitions of a topic: a further instance would consume no events. */
    public static final int MOST_INSTANCES = 6;

    public static final List<String> CONSUMERS = List.of("post-service", "notification-service");

    private final Settings settings;
    private final ServiceEnvironment environment;
    private final RunRecords records;

    public Components(Settings settings) {
        this(settings, settings.smtp());
    }

    /** @param mail the SMTP server that the services get in their environment */
    public Components(Settings settings, SmtpAddress mail) {
        this.settings = settings;
        this.environment = new ServiceEnvironment(settings, mail);
        this.records = new RunRecords(settings.home().run());
    }

    public List<Component> all() {
        return Stream.of(servers(), jvms(), relays(), observers())
                .<Component>flatMap(List::stream)
                .toList();
    }

    public List<ExternalServer> externals() {
        String kafka = settings.kafkaBootstrapServers();
        return Stream.of(
                        new ExternalServer("postgres", settings.postgres().url(), Probe.postgres(settings.postgres())),
                        new ExternalServer("kafka", kafka, Probe.kafka(kafka)),
                        new ExternalServer("redis", settings.redis().toString(), Probe.redis(settings.redis())),
                        new ExternalServer("smtp", settings.smtp().toString(), Probe.smtp(settings.smtp())))
                .filter(server -> settings.isExternal(server.name()))
                .toList();
    }

    public Component named(String name) {
        return all().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadUsage("There is no component \"%s\" here.".formatted(name)
                        + Suggestion.to(
                                        name,
                                        all().stream().map(Component::name).toList())
                                .map(" Did you mean %s?"::formatted)
                                .orElseGet(() -> " There are: %s.".formatted(names(all())))));
    }

    private static String names(List<? extends Component> components) {
        return components.stream().map(Component::name).collect(joining(", "));
    }

    public List<Component> servers() {
        return Stream.of(
                        postgres(),
                        kafka(),
                        nodes("redis", Redis::new),
                        settings.sentinels().isPresent() ? nodes("sentinel", Sentinel::new) : List.<Component>of(),
                        settings.isExternal("smtp") ? List.<Component>of() : List.of(new Smtp(settings)))
                .<Component>flatMap(List::stream)
                .toList();
    }

    /** The instances of an embedded server: one, or in a cluster several; none if the user's own server replaces it. */
    public <T extends Component> List<T> nodes(String server, BiFunction<Settings, Integer, T> instance) {
        if (settings.isExternal(server)) {
            return List.of();
        }
        return settings.isCluster()
                ? IntStream.rangeClosed(1, ClusterNetwork.size(server))
                        .mapToObj(number -> instance.apply(settings.node(server, number), number))
                        .toList()
                : List.of(instance.apply(settings, 0));
    }

    public List<Postgres> postgres() {
        return nodes("postgres", Postgres::new);
    }

    public List<Kafka> kafka() {
        return nodes("kafka", Kafka::new);
    }

    /** With {@code --relay debezium}: Kafka Connect. */
    List<Component> relays() {
        return settings.isRelayedByDebezium() ? List.of(new KafkaConnect(settings)) : List.of();
    }

    /** With {@code --observe}: Zipkin, and Prometheus if it is installed. */
    List<Component> observers() {
        return settings.isObserved()
                ? Stream.<Component>concat(Prometheus.of(settings).stream(), Stream.of(new Zipkin(settings)))
                        .toList()
                : List.of();
    }

    public Service discovery() {
        return new Service(settings, "discovery", 1, List.of("-Xmx64m"), Map.of());
    }

    /** The services that register in Eureka, with the further instances that have a record. */
    public List<Service> services() {
        return firstInstances().stream()
                .flatMap(first -> instancesAbove(first, 0).stream())
                .toList();
    }

    public List<Service> jvms() {
        return Stream.concat(Stream.of(discovery()), services().stream()).toList();
    }

    /** The first instance of a service that can be scaled. */
    Service scalable(String name) {
        Component component = named(name);
        List<Service> scalable = firstInstances().stream()
                .filter(service -> service.port() != Port.GATEWAY)
                .toList();
        return scalable.stream()
                .filter(component::equals)
                .findFirst()
                .orElseThrow(() -> new BadUsage(
                        "%s cannot be scaled here. These services can: %s.".formatted(name, names(scalable))));
    }

    /** The given number of instances: those with a record, and new ones on free ports. */
    List<Service> instances(Service first, int count) {
        Set<Integer> reserved = all().stream()
                .flatMap(component -> component.ports().values().stream())
                .collect(toCollection(HashSet::new));
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> known(first, number)
                        .orElseGet(() -> first.instance(number, FreePorts.above(first.ports(), reserved))))
                .toList();
    }

    /** The instances with a record and a number higher than the given one. */
    List<Service> instancesAbove(Service first, int number) {
        return IntStream.rangeClosed(number + 1, MOST_INSTANCES)
                .boxed()
                .flatMap(further -> known(first, further).stream())
                .toList();
    }

    private Optional<Service> known(Service first, int number) {
        if (number == 1) {
            return Optional.of(first);
        }
        if (settings.isCluster() && first.port() != Port.GATEWAY && number <= ClusterNetwork.size(first.module())) {
            return Optional.of(first.instance(number, first.ports()));
        }
        return records.find(first.nameOf(number)).map(record -> first.instance(number, record.ports()));
    }

    private List<Service> firstInstances() {
        return List.of(
                service("user-service", ServiceDatabase.USERS, settings.secrets()),
                service("post-service", ServiceDatabase.POSTS, settings.secret(Secrets.SECRET)),
                service("notification-service", ServiceDatabase.NOTIFICATIONS, settings.secret(Secrets.EMAIL_SECRET)),
                new Service(settings, "gateway", 1, Service.BUSY, environment.ofGateway()));
    }

    private Service service(String name, ServiceDatabase database, Map<String, String> secrets) {
        return new Service(settings.node(name, 1), name, 1, Service.SMALL_HEAP, environment.of(database, secrets));
    }
}
