package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("wrong-password")
class WrongPassword extends ProblemException {

    WrongPassword() {
        super("The current password is not the one given.");
    }
}
