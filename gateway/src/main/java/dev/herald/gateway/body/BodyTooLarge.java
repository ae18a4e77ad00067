package dev.herald.gateway.body;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** More than {@code herald.gateway.max-body}. */
class BodyTooLarge extends ResponseStatusException {

    BodyTooLarge() {
        super(HttpStatus.CONTENT_TOO_LARGE);
    }
}
