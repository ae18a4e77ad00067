package dev.herald.gateway.problem;

public final class GatewayProblem extends RuntimeException {

    private final String code;
    private final String detail;

    /**
     * @param code of {@code problems.json}
     * @param detail one sentence for the caller about this occurrence
     */
    public GatewayProblem(String code, String detail) {
        super(code, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
