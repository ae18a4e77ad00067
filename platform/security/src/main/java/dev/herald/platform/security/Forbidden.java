package dev.herald.platform.security;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import org.springframework.http.HttpHeaders;

public class Forbidden extends ProblemException {

    /** RFC 6750, section 3.1. */
    static final String CHALLENGE = "Bearer error=\"insufficient_scope\"";

    Forbidden(String detail) {
        super(ProblemCode.FORBIDDEN, detail);
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        return headers;
    }
}
