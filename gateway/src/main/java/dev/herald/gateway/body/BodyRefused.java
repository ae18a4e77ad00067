package dev.herald.gateway.body;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A body that is larger than {@code herald.gateway.max-body}, or takes longer to arrive than {@code body-timeout}. */
class BodyRefused extends ResponseStatusException {

    private BodyRefused(HttpStatus status) {
        super(status);
    }

    static BodyRefused tooLarge() {
        return new BodyRefused(HttpStatus.CONTENT_TOO_LARGE);
    }

    static BodyRefused tooSlow() {
        return new BodyRefused(HttpStatus.REQUEST_TIMEOUT);
    }
}
