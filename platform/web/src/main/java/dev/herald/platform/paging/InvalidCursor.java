package dev.herald.platform.paging;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class InvalidCursor extends ProblemException {

    InvalidCursor() {
        super(ProblemCode.INVALID_CURSOR, "The cursor is not one that this list has returned.");
    }
}
