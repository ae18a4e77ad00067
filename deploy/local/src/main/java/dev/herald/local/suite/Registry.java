package dev.herald.local.suite;

import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The registered instances, as Eureka lists them. */
record Registry(List<Instance> instances) {

    static final String ABSENT = "ABSENT";
    static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";

    record Instance(String app, String id, String host, int port, String status) {

        boolean isOf(Service service) {
            return app.equalsIgnoreCase(service.module());
        }
    }

    /** Empty if the registry does not answer. */
    static Optional<Registry> read(Settings settings, Duration limit) throws InterruptedException {
        try {
            HttpResponse<String> answer = Http.get(settings.url(Port.DISCOVERY, "/eureka/apps"), limit);
            return answer.statusCode() == 200 ? Optional.of(parse(answer.body())) : Optional.empty();
        } catch (RuntimeException noAnswer) {
            return Optional.empty();
        }
    }

    private static Registry parse(String json) {
        return new Registry(JsonMapper.shared()
                .readTree(json)
                .at("/applications/application")
                .valueStream()
                .flatMap(application -> application.path("instance").valueStream())
                .map(instance -> new Instance(
                        instance.path("app").asString(),
                        instance.path("instanceId").asString(),
                        instance.path("ipAddr").asString(),
                        instance.at("/port/$").asInt(),
                        instance.path("status").asString()))
                .toList());
    }

    Optional<Instance> of(Service service) {
        return instances.stream()
                .filter(instance -> instance.isOf(service)
                        && instance.port() == service.settings().port(service.port())
                        && (!service.settings().isCluster() || instance.host().equals(service.host())))
                .findFirst();
    }

    /** The URL at which an operator sets and removes a status (PUT and DELETE). */
    static URI override(Settings settings, Instance instance) {
        return settings.url(
                Port.DISCOVERY,
                "/eureka/apps/%s/%s/status".formatted(instance.app().toUpperCase(Locale.ROOT), instance.id()));
    }
}
