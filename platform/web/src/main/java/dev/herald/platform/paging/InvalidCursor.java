package dev.herald.platform.paging;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("invalid-cursor")
public class InvalidCursor extends ProblemException {

    InvalidCursor() {
        super("The cursor names no place in this list.");
    }
}
