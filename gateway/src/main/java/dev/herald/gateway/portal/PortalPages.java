package dev.herald.gateway.portal;

import dev.herald.gateway.client.RequestOrigin;
import dev.herald.gateway.route.Routes;
import dev.herald.platform.contract.EventCatalog;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Controller;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

@Controller
class PortalPages {

    private final Routes routes;
    private final SingletonSupplier<EventCatalog> events;

    PortalPages(Routes routes, JsonMapper json) {
        this.routes = routes;
        this.events = SingletonSupplier.of(() -> new EventCatalog(json));
    }

    /** The commands on the page contain the origin by which the client reaches the gateway. */
    @GetMapping("/")
    Rendering welcome(ServerHttpRequest request) {
        return Rendering.view("welcome")
                .modelAttribute("title", "Herald")
                .modelAttribute("origin", RequestOrigin.of(request))
                .build();
    }

    @GetMapping("/docs")
    Rendering docs() {
        return Rendering.view("docs")
                .modelAttribute("title", "The API")
                .modelAttribute("swaggerUi", true)
                .modelAttribute("services", routes.services())
                .build();
    }

    @GetMapping("/account")
    Rendering account() {
        return Rendering.view("your-account")
                .modelAttribute("title", "Your account")
                .build();
    }

    /** Reads the schema files once, outside of the event loop. */
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
