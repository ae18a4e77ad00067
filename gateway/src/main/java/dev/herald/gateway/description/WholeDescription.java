package dev.herald.gateway.description;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts the services' descriptions together, and writes the document anew only when one of them has changed. */
@Component
class WholeDescription {

    private final RoutedServices routed;
    private final ServiceDescriptions services;
    private final EdgeFacts edge;
    private final JsonMapper json;
    private final Map<List<String>, Written> last = new ConcurrentHashMap<>();

    WholeDescription(RoutedServices routed, ServiceDescriptions services, EdgeFacts edge, JsonMapper json) {
        this.routed = routed;
        this.services = services;
        this.edge = edge;
        this.json = json;
    }

    /** @param parts what it was made of */
    record Written(List<ObjectNode> parts, String document) {}

    /** @param names of services; if one of them has never been heard, there is no document */
    Mono<Written> of(List<String> names) {
        return Flux.fromIterable(names)
                .flatMapSequential(services::of)
                .collectList()
                .publishOn(Schedulers.boundedElastic())
                .map(descriptions -> last.compute(names, (key, written) -> current(written, descriptions)));
    }

    private Written current(@Nullable Written written, List<ServiceDescription> descriptions) {
        List<ObjectNode> parts =
                descriptions.stream().map(ServiceDescription::document).toList();
        return written != null && written.parts().equals(parts) ? written : write(descriptions, parts);
    }

    private Written write(List<ServiceDescription> descriptions, List<ObjectNode> parts) {
        ObjectNode whole = edge.frame();
        Merge merge = new Merge(whole);
        descriptions.forEach(
                part -> merge.add(part.service(), part.document(), path -> routed.leadTo(part.service(), path)));
        edge.addTo(whole);
        sortPaths(whole);
        return new Written(parts, json.writeValueAsString(whole));
    }

    private static void sortPaths(ObjectNode whole) {
        ObjectNode paths = whole.withObject("/paths");
        Map<String, JsonNode> sorted = new TreeMap<>();
        paths.properties().forEach(path -> sorted.put(path.getKey(), path.getValue()));
        paths.removeAll();
        paths.setAll(sorted);
    }
}
