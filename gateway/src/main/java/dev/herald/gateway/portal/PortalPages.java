package dev.herald.gateway.portal;

import dev.herald.gateway.description.RoutedServices;
import dev.herald.platform.event.EventCatalog;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Controller;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The pages for people. */
@Controller
class PortalPages {

    private final RoutedServices services;
    private final boolean live;
    private final SingletonSupplier<EventCatalog> events;

    PortalPages(RoutedServices services, Environment environment, JsonMapper json) {
        this.services = services;
        this.live = environment.acceptsProfiles(Profiles.of("local"));
        this.events = SingletonSupplier.of(() -> new EventCatalog(json));
    }

    @GetMapping("/")
    Rendering welcome(ServerHttpRequest request) {
        return Rendering.view("welcome")
                .modelAttribute("title", "Herald")
                .modelAttribute("origin", origin(request))
                .modelAttribute("live", live)
                .build();
    }

    /** Where this page was asked for, so that what is copied from it works from where it is read. */
    private static String origin(ServerHttpRequest request) {
        return UriComponentsBuilder.fromUri(request.getURI())
                .userInfo(null)
                .replacePath(null)
                .replaceQuery(null)
                .fragment(null)
                .toUriString();
    }

    @GetMapping("/docs")
    Rendering docs() {
        return Rendering.view("docs")
                .modelAttribute("title", "The API")
                .modelAttribute("swaggerUi", true)
                .modelAttribute("services", services.names())
                .build();
    }

    /** Its files are read once, and not on the event loop. */
    @GetMapping("/events")
    Mono<Rendering> events() {
        return Mono.fromCallable(events::obtain)
                .subscribeOn(Schedulers.boundedElastic())
                .map(catalog -> Rendering.view("events")
                        .modelAttribute("title", "Events")
                        .modelAttribute("events", catalog.entries())
                        .build());
    }
}
