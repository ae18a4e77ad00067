package dev.herald.platform.remote;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import dev.herald.platform.security.BearerToken;
import org.springframework.http.HttpHeaders;

/** The called service refused the caller's token as revoked, before this process has read the revocation. */
public class SessionEnded extends ProblemException {

    SessionEnded(Throwable cause) {
        super(ProblemCode.TOKEN_REVOKED, "The session of this access token has ended.");
        initCause(cause);
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, BearerToken.challenge("invalid_token"));
        return headers;
    }
}
