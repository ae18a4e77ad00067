package dev.herald.gateway.portal;

import dev.herald.gateway.client.RequestOrigin;
import dev.herald.platform.hash.Sha256;
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
import reactor.core.scheduler.Schedulers;

/** {@code GET /openapi.json}: the API of all services, or of {@code ?service=}. {@code GET /asyncapi.json}: events. */
@RestController
class ApiDescriptionController {

    private static final String RELATIVE_SERVER = "\"servers\":[{\"url\":\"/\"}]";

    private final ApiDocuments documents;

    ApiDescriptionController(ApiDocuments documents) {
        this.documents = documents;
    }

    /** Names the origin of the request as the server, because generated clients call the server of the description. */
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> describe(@RequestParam(defaultValue = "") String service, ServerHttpRequest request) {
        String server = "\"servers\":[{\"url\":\"%s\"}]".formatted(RequestOrigin.of(request));
        return Mono.fromCallable(() -> documents.of(service))
                .subscribeOn(Schedulers.boundedElastic())
                .map(found -> found.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
                .map(document -> document.replace(RELATIVE_SERVER, server))
                .map(ApiDescriptionController::revalidated);
    }

    @GetMapping(path = "/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> describeEvents() {
        return Mono.fromCallable(documents::events)
                .subscribeOn(Schedulers.boundedElastic())
                .map(ApiDescriptionController::revalidated);
    }

    private static ResponseEntity<String> revalidated(String document) {
        return ResponseEntity.ok()
                .eTag("\"%s\"".formatted(Sha256.hex(document)))
                .cacheControl(CacheControl.noCache())
                .body(document);
    }
}
