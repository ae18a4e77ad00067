package dev.herald.gateway.http;

import dev.herald.gateway.problem.GatewayProblem;
import dev.herald.platform.problem.ProblemCode;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

enum Refusal {
    UNREADABLE(ProblemCode.MALFORMED_REQUEST, "The request or its header is not well-formed HTTP."),
    VERSION(ProblemCode.MALFORMED_REQUEST, "The gateway supports HTTP/1.0, HTTP/1.1 and HTTP/2."),
    TARGET(
            ProblemCode.MALFORMED_REQUEST,
            "The path or the query holds a character that must be percent-encoded, or bytes that are not UTF-8."),
    HOST(ProblemCode.MALFORMED_REQUEST, "The request must have exactly one valid Host header."),
    UPGRADE(ProblemCode.MALFORMED_REQUEST, "The only protocol that the gateway upgrades to is h2c."),
    EXPECTATION(ProblemCode.EXPECTATION_FAILED, "The only supported value of Expect is 100-continue."),
    TARGET_TOO_LONG(ProblemCode.URI_TOO_LONG, "The first line of the request is too long."),
    HEADERS_TOO_LARGE(ProblemCode.HEADERS_TOO_LARGE, "The request has too many headers, or too long ones.");

    private final ProblemCode code;
    private final String detail;

    Refusal(ProblemCode code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    /** @param failure of Netty's decoder; its message quotes the request and is neither shown nor logged */
    static Refusal of(Throwable failure) {
        return switch (failure) {
            case TooLongHttpLineException line -> TARGET_TOO_LONG;
            case TooLongHttpHeaderException headers -> HEADERS_TOO_LARGE;
            default -> UNREADABLE;
        };
    }

    GatewayProblem problem() {
        return new GatewayProblem(code, detail);
    }
}
