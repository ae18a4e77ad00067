package dev.herald.platform.access;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** The paths of this service's controllers, with any method. */
final class DeclaredPaths {

    private final Supplier<List<PathPattern>> patterns;

    DeclaredPaths(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        // Read with the first request, because Spring creates the mappings after the security filters.
        this.patterns = SingletonSupplier.of(
                () -> mappings.stream().flatMap(DeclaredPaths::patterns).toList());
    }

    private static Stream<PathPattern> patterns(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().entrySet().stream()
                .flatMap(handler -> handler.getKey().getPathPatternsCondition() == null
                        ? Stream.empty()
                        : handler.getKey().getPathPatternsCondition().getPatterns().stream());
    }

    boolean contain(PathContainer path) {
        return patterns.get().stream().anyMatch(pattern -> pattern.matches(path));
    }
}
