package dev.herald.gateway.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The path patterns of {@code spring.cloud.gateway.server.webflux.routes}, and the service that each belongs to. */
@Component
public class Routes {

    private final Map<PathPattern, String> services = new LinkedHashMap<>();

    Routes(GatewayProperties gateway) {
        gateway.getRoutes().forEach(this::add);
    }

    /** A route without a Path predicate is refused, because its requests would need no token. */
    private void add(RouteDefinition route) {
        String service = Objects.requireNonNull(route.getUri()).getHost();
        List<PathPattern> patterns = route.getPredicates().stream()
                .filter(predicate -> "Path".equals(predicate.getName()))
                .flatMap(predicate -> predicate.getArgs().values().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
        if (patterns.isEmpty()) {
            throw new IllegalStateException("The route %s has no Path predicate".formatted(route.getId()));
        }
        patterns.forEach(pattern -> services.putIfAbsent(pattern, service));
    }

    public boolean contain(PathContainer path) {
        return patternOf(path).isPresent();
    }

    /** The first pattern that matches, such as {@code /api/users/{id}}. */
    public Optional<PathPattern> patternOf(PathContainer path) {
        return services.keySet().stream()
                .filter(pattern -> pattern.matches(path))
                .findFirst();
    }

    public List<String> services() {
        return services.values().stream().distinct().toList();
    }
}
