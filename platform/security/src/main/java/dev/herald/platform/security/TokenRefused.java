package dev.herald.platform.security;

import dev.herald.platform.problem.ProblemCode;
import org.springframework.security.oauth2.jwt.BadJwtException;

final class TokenRefused extends BadJwtException {

    private final ProblemCode code;

    TokenRefused(ProblemCode code) {
        super(code.toString());
        this.code = code;
    }

    TokenRefused(ProblemCode code, Throwable cause) {
        super(code.toString(), cause);
        this.code = code;
    }

    ProblemCode code() {
        return code;
    }
}
