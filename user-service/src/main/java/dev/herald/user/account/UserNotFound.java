package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

public class UserNotFound extends ProblemException {

    UserNotFound(UUID id) {
        super(ProblemCode.USER_NOT_FOUND, "There is no user " + id + ".");
    }
}
