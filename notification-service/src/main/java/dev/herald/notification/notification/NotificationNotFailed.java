package dev.herald.notification.notification;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

class NotificationNotFailed extends ProblemException {

    NotificationNotFailed(UUID id) {
        super(ProblemCode.NOTIFICATION_NOT_FAILED, "The notification " + id + " has not failed.");
    }
}
