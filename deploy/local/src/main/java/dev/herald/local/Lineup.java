package dev.herald.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who is in the suite, in the order of starting: the servers together, then discovery, then the services together. */
final class Lineup {

    private final Settings settings;

    Lineup(Settings settings) {
        this.settings = settings;
    }

    List<Component> all() {
        return Stream.<Component>concat(servers().stream(), jvms().stream()).toList();
    }

    /** The servers that someone else runs. */
    List<ExternalServer> externals() {
        List<ExternalServer> externals = new ArrayList<>();
        if (settings.hasExternalPostgres()) {
            externals.add(
                    new ExternalServer("postgres", settings.postgres().url(), Probe.postgres(settings.postgres())));
        }
        if (settings.hasExternalKafka()) {
            externals.add(new ExternalServer(
                    "kafka", settings.kafkaBootstrapServers(), Probe.kafka(settings.kafkaBootstrapServers())));
        }
        if (settings.hasExternalRedis()) {
            externals.add(new ExternalServer("redis", settings.redis().toString(), Probe.redis(settings.redis())));
        }
        if (settings.hasExternalSmtp()) {
            SmtpAddress smtp = settings.smtp();
            externals.add(new ExternalServer("smtp", smtp.toString(), Probe.smtp(smtp)));
        }
        return externals;
    }

    /** @throws BadUsage if no component has this name */
    Component named(String name) {
        return all().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadUsage("There is no component \"%s\" here. There are: %s."
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        all().stream().map(Component::name).toList()))));
    }

    /** The embedded servers. */
    List<Component> servers() {
        List<Component> servers = new ArrayList<>();
        if (!settings.hasExternalPostgres()) {
            servers.add(new Postgres(settings));
        }
        if (!settings.hasExternalKafka()) {
            servers.add(new Kafka(settings));
        }
        if (!settings.hasExternalRedis()) {
            servers.add(new Redis(settings));
        }
        if (!settings.hasExternalSmtp()) {
            servers.add(new Smtp(settings));
        }
        return servers;
    }

    /** Where the services find each other. */
    Service discovery() {
        return new Service(
                settings, "discovery", Port.DISCOVERY, Port.DISCOVERY_MANAGEMENT, List.of("-Xmx64m"), Map.of());
    }

    /** What registers there. */
    List<Service> services() {
        return List.of(
                service(
                        "user-service",
                        Port.USER_SERVICE,
                        Port.USER_SERVICE_MANAGEMENT,
                        ServiceDatabase.USERS,
                        Service.HASHING_HEAP,
                        settings.secrets()),
                service(
                        "post-service",
                        Port.POST_SERVICE,
                        Port.POST_SERVICE_MANAGEMENT,
                        ServiceDatabase.POSTS,
                        Service.SMALL_HEAP,
                        Map.of()),
                service(
                        "notification-service",
                        Port.NOTIFICATION_SERVICE,
                        Port.NOTIFICATION_SERVICE_MANAGEMENT,
                        ServiceDatabase.NOTIFICATIONS,
                        Service.SMALL_HEAP,
                        Map.of()),
                new Service(
                        settings, "gateway", Port.GATEWAY, Port.GATEWAY_MANAGEMENT, List.of("-Xmx96m"), addresses()));
    }

    /** All that is ours: discovery and what registers there. */
    List<Service> jvms() {
        return Stream.concat(Stream.of(discovery()), services().stream()).toList();
    }

    private Service service(
            String name,
            Port port,
            Port management,
            ServiceDatabase database,
            List<String> heap,
            Map<String, String> secrets) {
        Map<String, String> environment = new HashMap<>(addresses());
        environment.putAll(secrets);
        environment.putAll(database.environment(settings.postgres()));
        return new Service(settings, name, port, management, heap, environment);
    }

    /** Where the servers are, in Spring's own names for it. */
    private Map<String, String> addresses() {
        return Map.of(
                "HERALD_EUREKA_URL", settings.url(Port.DISCOVERY, "/eureka/").toString(),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", settings.kafkaBootstrapServers(),
                "SPRING_DATA_REDIS_URL", settings.redis().toString(),
                "SPRING_MAIL_HOST", settings.smtp().host(),
                "SPRING_MAIL_PORT", Integer.toString(settings.smtp().port()));
    }
}
