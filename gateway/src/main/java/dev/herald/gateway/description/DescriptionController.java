package dev.herald.gateway.description;

import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** {@code GET /openapi.json}: the API of all services, or with {@code ?service=} that of one. */
@RestController
class DescriptionController {

    private final RoutedServices routed;
    private final WholeDescription whole;

    DescriptionController(RoutedServices routed, WholeDescription whole) {
        this.routed = routed;
        this.whole = whole;
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> describe(@RequestParam(defaultValue = "") String service) {
        List<String> services = service.isEmpty() ? routed.names() : List.of(service);
        if (!routed.names().containsAll(services)) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        return whole.of(services)
                .map(written -> ResponseEntity.ok()
                        .eTag(written.etag())
                        .cacheControl(CacheControl.noCache())
                        .body(written.document()));
    }
}
