package dev.herald.gateway.portal;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The steps of a registration for the form on the start page: its events, from user-service's actuator, and its emails, from
 * the local mail server. Only in the profile {@code local}, because the requests need no token.
 */
@RestController
@Profile("local")
@RequestMapping(path = "/portal", produces = MediaType.APPLICATION_JSON_VALUE)
class PortalApi {

    private static final String OWNER_OF_USERS = "user-service";

    private final DiscoveryClient registry;
    private final LocalInbox inbox;
    private final WebClient http = WebClient.create();

    PortalApi(DiscoveryClient registry, LocalInbox inbox) {
        this.registry = registry;
        this.inbox = inbox;
    }

    record Emails(List<Email> items) {}

    record Email(String source) {}

    @GetMapping("/events/{userId}")
    Mono<JsonNode> events(@PathVariable UUID userId) {
        return Mono.justOrEmpty(registry.getInstances(OWNER_OF_USERS).stream().findFirst())
                .flatMap(instance -> http.get()
                        .uri(management(instance).resolve("/actuator/events/" + userId))
                        .retrieve()
                        .bodyToMono(JsonNode.class))
                .onErrorMap(WebClientException.class, PortalApi::unavailable)
                .switchIfEmpty(Mono.error(() -> unavailable(null)));
    }

    private static URI management(ServiceInstance instance) {
        Map<String, String> metadata = Objects.requireNonNullElse(instance.getMetadata(), Map.of());
        return URI.create("http://%s:%s".formatted(instance.getHost(), metadata.get("management.port")));
    }

    @GetMapping("/emails/{address}")
    Mono<Emails> emails(@PathVariable String address) {
        return inbox.mailsTo(address)
                .onErrorMap(WebClientException.class, PortalApi::unavailable)
                .map(mail -> new Email(mail.source()))
                .collectList()
                .map(Emails::new);
    }

    private static ResponseStatusException unavailable(@Nullable Throwable cause) {
        return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, null, cause);
    }
}
