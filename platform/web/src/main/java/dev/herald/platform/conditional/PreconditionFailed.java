package dev.herald.platform.conditional;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class PreconditionFailed extends ProblemException {

    static final String OTHER = "The resource is no longer the one that If-Match names.";
    static final String NAMED = "If-None-Match names the current state of the resource.";

    PreconditionFailed(String detail) {
        super(ProblemCode.PRECONDITION_FAILED, detail);
    }
}
