package dev.herald.platform.remote;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

/** Another service is unavailable, too slow or too busy, or its response cannot be read. */
public class ServiceUnavailable extends ProblemException {

    ServiceUnavailable(Throwable cause) {
        super(ProblemCode.UPSTREAM_UNAVAILABLE, "A service that is needed for this does not answer at the moment.");
        initCause(cause);
    }
}
