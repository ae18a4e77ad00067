package dev.herald.user.token;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

/** One problem for every reason why a token is refused, so that the response does not reveal the reason. */
public class TokenExpiredOrUsed extends ProblemException {

    public TokenExpiredOrUsed() {
        super(ProblemCode.TOKEN_EXPIRED_OR_USED, "The link has expired, was used, or is not valid any more.");
    }
}
