package dev.herald.platform.remote;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

/** Another service has heard before this one that the caller's session has ended. */
@ProblemCode("token-revoked")
public class SessionEnded extends ProblemException {

    SessionEnded(Throwable cause) {
        super("The session of this access token has ended.");
        initCause(cause);
    }
}
