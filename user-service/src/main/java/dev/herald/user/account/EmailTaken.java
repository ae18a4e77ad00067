package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("email-taken")
class EmailTaken extends ProblemException {

    EmailTaken() {
        super("Another account uses this email address.");
    }
}
