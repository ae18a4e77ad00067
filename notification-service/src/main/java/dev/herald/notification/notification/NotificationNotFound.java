package dev.herald.notification.notification;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import java.util.UUID;

@ProblemCode("notification-not-found")
class NotificationNotFound extends ProblemException {

    NotificationNotFound(UUID id) {
        super("There is no notification " + id + ".");
    }
}
