package dev.herald.post.post;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

/** The post does not exist, or is a draft that the caller may not see. */
class PostNotFound extends ProblemException {

    PostNotFound(UUID id) {
        super(ProblemCode.POST_NOT_FOUND, "There is no post " + id + ".");
    }
}
