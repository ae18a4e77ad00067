package dev.herald.platform.remote;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import org.springframework.http.HttpHeaders;

/** The called service refused the caller's token as revoked, before this process has read the revocation. */
public class SessionEnded extends ProblemException {

    SessionEnded(Throwable cause) {
        super(ProblemCode.TOKEN_REVOKED, "The session of this access token has ended.");
        initCause(cause);
    }

    /** RFC 6750, section 3.1. */
    @Override
    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        return headers;
    }
}
