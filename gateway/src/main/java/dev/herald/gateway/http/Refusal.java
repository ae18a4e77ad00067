package dev.herald.gateway.http;

import dev.herald.gateway.problem.GatewayProblem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

enum Refusal {
    UNREADABLE("malformed-request", "The request or its header is not well-formed HTTP."),
    VERSION("malformed-request", "The version of HTTP is not one that is served here."),
    TARGET(
            "malformed-request",
            "The path or the query holds a character that must be percent-encoded, or bytes that are not UTF-8."),
    HOST("malformed-request", "The request must have exactly one valid Host header."),
    UPGRADE("malformed-request", "There is no protocol here to upgrade to."),
    EXPECTATION("expectation-failed", "The only expectation that is met here is 100-continue."),
    TARGET_TOO_LONG("uri-too-long", "The first line of the request is too long."),
    HEADERS_TOO_LARGE("headers-too-large", "The request has too many headers, or too long ones.");

    private final String code;
    private final String detail;

    Refusal(String code, String detail) {
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
