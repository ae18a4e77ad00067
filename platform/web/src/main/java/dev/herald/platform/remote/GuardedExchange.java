package dev.herald.platform.remote;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Sends each request of an HTTP interface through {@link Guard} (deadline, concurrency limit, retries, circuit breaker), from the choice
 * of an instance to the end of the response's body.
 */
final class GuardedExchange extends HttpExchangeAdapterDecorator {

    /** RFC 9110, section 9.2.2. */
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private final Guard guard;

    GuardedExchange(HttpExchangeAdapter exchange, Guard guard) {
        super(exchange);
        this.guard = guard;
    }

    @Override
    public void exchange(HttpRequestValues request) {
        exchangeForBodilessEntity(request);
    }

    @Override
    public HttpHeaders exchangeForHeaders(HttpRequestValues request) {
        return guard.call(isRepeatable(request), () -> super.exchangeForHeaders(request));
    }

    @Override
    public <T> T exchangeForBody(HttpRequestValues request, ParameterizedTypeReference<T> bodyType) {
        return guard.call(isRepeatable(request), () -> present(super.exchangeForBody(request, bodyType)));
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw new RestClientException("The answer has no body");
        }
        return body;
    }

    @Override
    public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues request) {
        return guard.call(isRepeatable(request), () -> super.exchangeForBodilessEntity(request));
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues request, ParameterizedTypeReference<T> bodyType) {
        return guard.call(isRepeatable(request), () -> super.exchangeForEntity(request, bodyType));
    }

    private static boolean isRepeatable(HttpRequestValues request) {
        return IDEMPOTENT.contains(request.getHttpMethod());
    }
}
