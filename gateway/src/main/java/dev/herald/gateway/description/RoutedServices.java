package dev.herald.gateway.description;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which service a path leads to: the first route's that matches. */
@Component
public class RoutedServices {

    private final Map<PathPattern, String> services = new LinkedHashMap<>();

    RoutedServices(GatewayProperties gateway) {
        gateway.getRoutes().forEach(this::add);
    }

    private void add(RouteDefinition route) {
        String service = Objects.requireNonNull(route.getUri()).getHost();
        route.getPredicates().stream()
                .filter(predicate -> "Path".equals(predicate.getName()))
                .flatMap(predicate -> predicate.getArgs().values().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .forEach(pattern -> services.putIfAbsent(pattern, service));
    }

    /** Their names, in the order of the routes. */
    public List<String> names() {
        return services.values().stream().distinct().toList();
    }

    /** @param template such as {@code /api/users/{id}} */
    boolean leadTo(String service, String template) {
        PathContainer path = PathContainer.parsePath(template);
        return services.entrySet().stream()
                .filter(route -> route.getKey().matches(path))
                .findFirst()
                .filter(route -> route.getValue().equals(service))
                .isPresent();
    }
}
