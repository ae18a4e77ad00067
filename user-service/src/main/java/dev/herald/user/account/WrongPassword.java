package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class WrongPassword extends ProblemException {

    WrongPassword() {
        super(ProblemCode.WRONG_PASSWORD, "The given password is not the current one.");
    }
}
