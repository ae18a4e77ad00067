package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

@ProblemCode("user-not-found")
class UserNotFound extends ProblemException {

    UserNotFound(UUID id) {
        super("There is no user " + id + ".");
    }
}
