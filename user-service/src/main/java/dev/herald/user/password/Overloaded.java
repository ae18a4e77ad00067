package dev.herald.user.password;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("overloaded")
public class Overloaded extends ProblemException {

    Overloaded() {
        super("Too many passwords wait to be checked.");
    }
}
