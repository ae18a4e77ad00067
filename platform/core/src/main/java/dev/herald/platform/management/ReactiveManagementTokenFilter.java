package dev.herald.platform.management;

import dev.herald.platform.observability.ManagementPort;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

record ReactiveManagementTokenFilter(
        ManagementSettings settings, ManagementPort port, Problems problems, JsonMapper json) implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getURI().getRawPath();
        if (!port.isOf(request) || settings.admits(path, request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION))) {
            return chain.filter(exchange);
        }
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.UNAUTHORIZED);
        response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, ManagementSettings.SCHEME);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] problem = json.writeValueAsBytes(problems.of(ProblemCode.AUTHENTICATION_REQUIRED, path));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(problem)));
    }
}
