package dev.herald.user.token;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

class TooManyEmails extends ProblemException {

    private final Duration retryAfter;

    TooManyEmails(Duration retryAfter) {
        super(ProblemCode.TOO_MANY_ATTEMPTS, "Too many emails of this kind were requested for this address.");
        this.retryAfter = retryAfter;
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds() + 1)));
        return headers;
    }
}
