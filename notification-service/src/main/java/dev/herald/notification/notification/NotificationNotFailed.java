package dev.herald.notification.notification;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

@ProblemCode("notification-not-failed")
class NotificationNotFailed extends ProblemException {

    NotificationNotFailed(UUID id) {
        super("The notification " + id + " has not failed.");
    }
}
