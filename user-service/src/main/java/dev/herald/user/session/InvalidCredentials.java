package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class InvalidCredentials extends ProblemException {

    InvalidCredentials() {
        super(ProblemCode.INVALID_CREDENTIALS, "No account has this email address and this password.");
    }
}
