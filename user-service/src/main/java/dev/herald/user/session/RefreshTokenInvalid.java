package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("refresh-token-invalid")
class RefreshTokenInvalid extends ProblemException {

    RefreshTokenInvalid() {
        super("The refresh token is unknown or has expired, or its session has ended.");
    }
}
