package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class RefreshTokenInvalid extends ProblemException {

    RefreshTokenInvalid() {
        super(
                ProblemCode.REFRESH_TOKEN_INVALID,
                "The refresh token is unknown or has expired, or its session has ended.");
    }
}
