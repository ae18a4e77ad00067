package dev.herald.platform.body;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class BodyTooLarge extends ProblemException {

    BodyTooLarge() {
        super(ProblemCode.CONTENT_TOO_LARGE, "The body of the request is larger than allowed.");
    }
}
