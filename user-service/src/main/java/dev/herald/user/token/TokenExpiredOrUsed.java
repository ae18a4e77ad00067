package dev.herald.user.token;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

/** Whatever is wrong with the token, so that the response tells nothing about it. */
public class TokenExpiredOrUsed extends ProblemException {

    public TokenExpiredOrUsed() {
        super(ProblemCode.TOKEN_EXPIRED_OR_USED, "The link has expired, was used, or is not valid any more.");
    }
}
