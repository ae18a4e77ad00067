package dev.herald.post.post;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

/** There is none, or it is somebody else's draft: the two are not told apart. */
@ProblemCode("post-not-found")
class PostNotFound extends ProblemException {

    PostNotFound(UUID id) {
        super("There is no post " + id + ".");
    }
}
