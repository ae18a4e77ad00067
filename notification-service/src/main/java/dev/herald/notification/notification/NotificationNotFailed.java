package dev.herald.notification.email;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

/** It was sent, or will be without anybody's help. */
@ProblemCode("notification-not-failed")
class NotificationNotFailed extends ProblemException {

    NotificationNotFailed(UUID id) {
        super("The notification " + id + " has not failed.");
    }
}
