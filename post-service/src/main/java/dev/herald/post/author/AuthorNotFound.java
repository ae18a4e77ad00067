package dev.herald.post.author;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

public class AuthorNotFound extends ProblemException {

    public AuthorNotFound(UUID id) {
        super(ProblemCode.USER_NOT_FOUND, "There is no user " + id + ".");
    }
}
