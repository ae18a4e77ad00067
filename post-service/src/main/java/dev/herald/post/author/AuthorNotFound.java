package dev.herald.post.author;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

@ProblemCode("user-not-found")
public class AuthorNotFound extends ProblemException {

    public AuthorNotFound(UUID id) {
        super("There is no user " + id + ".");
    }
}
