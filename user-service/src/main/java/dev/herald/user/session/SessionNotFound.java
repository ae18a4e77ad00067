package dev.herald.user.session;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

class SessionNotFound extends ProblemException {

    SessionNotFound(UUID id) {
        super(ProblemCode.SESSION_NOT_FOUND, "The caller has no session %s.".formatted(id));
    }
}
