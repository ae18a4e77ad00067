package dev.herald.gateway.filter;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class BodyRefused extends ResponseStatusException {

    private BodyRefused(HttpStatus status) {
        super(status);
    }

    static BodyRefused tooLarge() {
        return new BodyRefused(HttpStatus.CONTENT_TOO_LARGE);
    }

    static BodyRefused brokenOff() {
        return new BodyRefused(HttpStatus.BAD_REQUEST);
    }

    static BodyRefused tooSlow() {
        return new BodyRefused(HttpStatus.REQUEST_TIMEOUT);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** Closes the connection after an incomplete body, whose rest would be read as the next request. */
    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        if (!getStatusCode().isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)) {
            headers.set(HttpHeaders.CONNECTION, "close");
        }
        return headers;
    }
}
