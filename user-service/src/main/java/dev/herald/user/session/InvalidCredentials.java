package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("invalid-credentials")
class InvalidCredentials extends ProblemException {

    InvalidCredentials() {
        super("No account has this email address and this password.");
    }
}
