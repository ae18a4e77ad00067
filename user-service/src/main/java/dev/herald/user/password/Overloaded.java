package dev.herald.user.password;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class Overloaded extends ProblemException {

    Overloaded() {
        super(ProblemCode.OVERLOADED, "Too many passwords wait to be checked.");
    }
}
