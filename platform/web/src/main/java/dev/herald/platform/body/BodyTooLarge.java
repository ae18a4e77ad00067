package dev.herald.platform.body;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("content-too-large")
class BodyTooLarge extends ProblemException {

    BodyTooLarge() {
        super("The body of the request is larger than is allowed here.");
    }
}
