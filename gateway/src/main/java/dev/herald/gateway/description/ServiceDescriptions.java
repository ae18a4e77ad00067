package dev.herald.gateway.description;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the services, one instance after the other, and remembers: a service that is away is described as it last was. */
@Component
class ServiceDescriptions {

    private static final Logger log = LoggerFactory.getLogger(ServiceDescriptions.class);

    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** A service makes its description when it is first asked for, which takes it some seconds on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int LARGEST = 8 * 1024 * 1024;

    private final DiscoveryClient registry;
    private final JsonMapper json;
    private final Clock clock;
    private final WebClient http = WebClient.builder()
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST))
            .build();
    private final Map<String, Mono<ServiceDescription>> current = new ConcurrentHashMap<>();
    private final Map<String, ServiceDescription> lastKnown = new ConcurrentHashMap<>();

    ServiceDescriptions(DiscoveryClient registry, JsonMapper json, Clock clock) {
        this.registry = registry;
        this.json = json;
        this.clock = clock;
    }

    /** The service's description; 503 if it has never been heard. Whoever asks meanwhile waits for the same answer. */
    Mono<ServiceDescription> of(String service) {
        return current.computeIfAbsent(
                service,
                unknown -> Mono.defer(() -> ask(service))
                        .cacheInvalidateIf(description -> !description.isGood(instancesOf(service), clock.instant())));
    }

    private Mono<ServiceDescription> ask(String service) {
        Set<URI> instances = instancesOf(service);
        return Flux.fromIterable(registry.getInstances(service))
                .concatMap(this::ask)
                .next()
                .map(document -> new ServiceDescription(
                        service, document, instances, clock.instant().plus(GOOD_FOR)))
                .doOnNext(description -> lastKnown.put(service, description))
                .switchIfEmpty(Mono.fromSupplier(() -> lastKnown(service, instances)));
    }

    private Mono<ObjectNode> ask(ServiceInstance instance) {
        return http.get()
                .uri(instance.getUri().resolve("/v3/api-docs"))
                .retrieve()
                .bodyToMono(byte[].class)
                .timeout(PATIENCE)
                .publishOn(Schedulers.boundedElastic())
                .map(body -> json.readValue(body, ObjectNode.class))
                .onErrorResume(failure -> {
                    log.warn("{} does not describe itself: {}", instance.getUri(), failure.toString());
                    return Mono.empty();
                });
    }

    private ServiceDescription lastKnown(String service, Set<URI> instances) {
        ServiceDescription last = lastKnown.get(service);
        if (last == null) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, service + " has not described itself yet");
        }
        return new ServiceDescription(
                service, last.document(), instances, clock.instant().plus(RETRY_AFTER));
    }

    private Set<URI> instancesOf(String service) {
        return registry.getInstances(service).stream()
                .map(ServiceInstance::getUri)
                .collect(toUnmodifiableSet());
    }
}
