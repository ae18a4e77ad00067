package dev.herald.gateway.portal.console;

import dev.herald.gateway.portal.PortalSettings;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The API (v2) of the local trace backend, Zipkin, which runs with {@code ./herald up --observe}. */
@Component
@Profile("local")
class TraceClient {

    private final Optional<URI> backend;
    private final WebClient http = WebClient.create();

    TraceClient(PortalSettings settings) {
        this.backend = Optional.ofNullable(settings.traces());
    }

    boolean isThere() {
        return backend.isPresent();
    }

    /** Empty for an unknown trace, or without a backend. Emits {@code WebClientException} if the call fails. */
    Mono<List<TraceSpan>> spans(String traceId) {
        return Mono.justOrEmpty(backend)
                .flatMapMany(address -> http.get()
                        .uri(address.resolve("/api/v2/trace/" + traceId))
                        .retrieve()
                        .bodyToFlux(JsonNode.class))
                .onErrorResume(WebClientResponseException.NotFound.class, unknown -> Mono.empty())
                .sort(Comparator.comparingLong(span -> span.path("timestamp").asLong()))
                .collectList()
                .map(TraceSpan::of);
    }
}
