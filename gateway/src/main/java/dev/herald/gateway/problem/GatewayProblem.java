package dev.herald.gateway.problem;

import dev.herald.platform.problem.ProblemCode;

public final class GatewayProblem extends RuntimeException {

    private final ProblemCode code;
    private final String detail;

    /** @param detail one sentence for the caller about this occurrence */
    public GatewayProblem(ProblemCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    ProblemCode code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
