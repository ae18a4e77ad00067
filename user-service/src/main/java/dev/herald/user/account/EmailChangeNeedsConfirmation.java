package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class EmailChangeNeedsConfirmation extends ProblemException {

    EmailChangeNeedsConfirmation() {
        super(
                ProblemCode.EMAIL_CHANGE_NEEDS_CONFIRMATION,
                "A new address of one's own is confirmed by a link: PUT /api/users/me/email.");
    }
}
