package dev.herald.notification.notification;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

class NotificationNotFound extends ProblemException {

    NotificationNotFound(UUID id) {
        super(ProblemCode.NOTIFICATION_NOT_FOUND, "There is no notification " + id + ".");
    }
}
