package dev.herald.user.account;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class EmailChangeNeedsConfirmation extends ProblemException {

    EmailChangeNeedsConfirmation() {
        super(
                ProblemCode.EMAIL_CHANGE_NEEDS_CONFIRMATION,
                "Users change their own address with PUT /api/users/me/email, which mails a link that confirms it.");
    }
}
