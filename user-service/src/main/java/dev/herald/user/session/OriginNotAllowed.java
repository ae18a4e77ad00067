package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class OriginNotAllowed extends ProblemException {

    OriginNotAllowed() {
        super(
                ProblemCode.ORIGIN_NOT_ALLOWED,
                "A request with the refresh token in a cookie needs the header Origin, with an origin that HERALD_PUBLIC_URL or "
                        + "HERALD_CORS_ORIGINS allows.");
    }
}
