package dev.herald.gateway.limit;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class RateLimited extends ResponseStatusException {

    private final long retryAfter;

    RateLimited(long retryAfter) {
        super(HttpStatus.TOO_MANY_REQUESTS);
        this.retryAfter = retryAfter;
    }

    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter));
        return headers;
    }
}
