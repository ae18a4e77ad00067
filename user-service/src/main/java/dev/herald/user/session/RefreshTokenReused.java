package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("refresh-token-reused")
class RefreshTokenReused extends ProblemException {

    RefreshTokenReused() {
        super("The refresh token was used before, so that its whole session has ended.");
    }
}
