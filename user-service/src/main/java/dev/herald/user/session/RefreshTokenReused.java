package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class RefreshTokenReused extends ProblemException {

    RefreshTokenReused() {
        super(
                ProblemCode.REFRESH_TOKEN_REUSED,
                "The refresh token was used before, so that its whole session has ended.");
    }
}
