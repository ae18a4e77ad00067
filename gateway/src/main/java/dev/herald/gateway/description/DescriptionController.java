package dev.herald.gateway.description;

import dev.herald.gateway.client.RequestOrigin;
import dev.herald.platform.hash.Sha256;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** {@code GET /openapi.json}: the API of all services, or with {@code ?service=} that of one. */
@RestController
class DescriptionController {

    /** In the document until it is known by which address a caller reaches it. */
    private static final String RELATIVE_SERVER = "\"servers\":[{\"url\":\"/\"}]";

    private final RoutedServices routed;
    private final WholeDescription whole;

    DescriptionController(RoutedServices routed, WholeDescription whole) {
        this.routed = routed;
        this.whole = whole;
    }

    /** A client that is generated from it calls the server that is named in it, so that is this one and not the client's own page. */
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> describe(@RequestParam(defaultValue = "") String service, ServerHttpRequest request) {
        List<String> services = service.isEmpty() ? routed.names() : List.of(service);
        if (!routed.names().containsAll(services)) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        String server = "\"servers\":[{\"url\":\"%s\"}]".formatted(RequestOrigin.of(request));
        return whole.of(services)
                .map(written -> written.document().replace(RELATIVE_SERVER, server))
                .map(document -> ResponseEntity.ok()
                        .eTag("\"%s\"".formatted(Sha256.hex(document)))
                        .cacheControl(CacheControl.noCache())
                        .body(document));
    }
}
