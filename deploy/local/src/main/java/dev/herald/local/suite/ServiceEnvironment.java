package dev.herald.local.suite;

import dev.herald.local.server.Kafka;
import dev.herald.local.server.Sentinel;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.server.Zipkin;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.settings.SmtpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the environment variables of a service: the addresses of the servers, its database and its secrets.
 *
 * @param mail the SMTP server that the services use
 */
record ServiceEnvironment(Settings settings, SmtpAddress mail) {

    Map<String, String> of(ServiceDatabase database, Map<String, String> secrets) {
        Map<String, String> environment = addresses();
        environment.putAll(secrets);
        environment.putAll(database.environment(settings.postgres()));
        environment.put("HERALD_TRUSTED_PROXIES", settings.trustedProxies());
        return environment;
    }

    Map<String, String> ofGateway() {
        Map<String, String> environment = addresses();
        environment.put("HERALD_PORTAL_INBOX", settings.url(Port.INBOX, "").toString());
        if (settings.isObserved()) {
            environment.put(
                    "HERALD_PORTAL_TRACES", settings.url(Port.ZIPKIN, "").toString());
        }
        return environment;
    }

    private Map<String, String> addresses() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HERALD_EUREKA_URL", settings.url(Port.DISCOVERY, "/eureka/").toString(),
                "HERALD_PUBLIC_URL", settings.publicUrl(),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", settings.kafkaBootstrapServers(),
                "SPRING_DATA_REDIS_URL", settings.redis().toString(),
                "SPRING_MAIL_HOST", mail.host(),
                "SPRING_MAIL_PORT", Integer.toString(mail.port())));
        if (settings.isCluster()) {
            environment.put("HERALD_TOPIC_REPLICAS", Integer.toString(Kafka.REPLICAS));
            environment.put("HERALD_TOPIC_MIN_INSYNC_REPLICAS", Integer.toString(Kafka.MIN_INSYNC_REPLICAS));
        }
        settings.sentinels().ifPresent(sentinels -> {
            environment.put("SPRING_DATA_REDIS_SENTINEL_MASTER", Sentinel.MASTER);
            environment.put("SPRING_DATA_REDIS_SENTINEL_NODES", sentinels);
        });
        if (settings.isObserved()) {
            environment.putAll(Zipkin.environment(settings));
        }
        return environment;
    }
}
