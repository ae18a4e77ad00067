package dev.herald.platform.conditional;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("precondition-failed")
public class PreconditionFailed extends ProblemException {

    PreconditionFailed() {
        super("The resource is no longer the one that If-Match names.");
    }
}
