package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

public class EmailNotVerified extends ProblemException {

    EmailNotVerified() {
        super(
                ProblemCode.EMAIL_NOT_VERIFIED,
                "The account's address must be verified first, by the link in the newest email.");
    }
}
