package dev.herald.gateway.filter;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Rewrites {@code /api/v1/users} to {@code /api/users} with the header {@code API-Version: 1}, which the services read, and
 * puts the version back into {@code Link} and {@code Location}.
 */
class ApiVersionFilter implements WebFilter {

    static final String HEADER = "API-Version";

    private static final String UNVERSIONED = "/api/";

    private static final Pattern VERSIONED = Pattern.compile("/api/v(\\d+)(/.*)");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Matcher path = VERSIONED.matcher(request.getURI().getRawPath());
        if (!path.matches()) {
            return chain.filter(exchange);
        }
        String version = path.group(1);
        String header = request.getHeaders().getFirst(HEADER);
        if (header != null && !header.equals(version)) {
            return Mono.error(new InvalidApiVersionException(header));
        }
        keepVersion(exchange.getResponse(), "/api/v" + version + "/");
        return chain.filter(exchange.mutate()
                .request(request.mutate()
                        .path("/api" + path.group(2))
                        .header(HEADER, version)
                        .build())
                .build());
    }

    private static void keepVersion(ServerHttpResponse response, String prefix) {
        response.beforeCommit(() -> {
            HttpHeaders headers = response.getHeaders();
            String location = headers.getFirst(HttpHeaders.LOCATION);
            if (location != null && location.startsWith(UNVERSIONED)) {
                headers.set(HttpHeaders.LOCATION, prefix + location.substring(UNVERSIONED.length()));
            }
            List<String> links = headers.get(HttpHeaders.LINK);
            if (links != null) {
                headers.put(
                        HttpHeaders.LINK,
                        links.stream()
                                .map(link -> link.replace("<" + UNVERSIONED, "<" + prefix))
                                .toList());
            }
            return Mono.empty();
        });
    }
}
