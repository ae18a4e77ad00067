package dev.herald.platform.security;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import org.springframework.http.HttpHeaders;

public class Forbidden extends ProblemException {

    static final String CHALLENGE = BearerToken.challenge("insufficient_scope");

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
