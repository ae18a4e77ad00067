package dev.herald.notification.notification;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Set;
import java.util.stream.Stream;

/**
 * Each type has a subject and the templates {@code email/<template>.html} and {@code .txt}. The table may hold types of a newer release,
 * whose replicas alone send them.
 */
public enum NotificationType {
    WELCOME("welcome", "Welcome to Herald"),
    PASSWORD_CHANGED("password-changed", "Your Herald password was changed");

    public static final Set<String> NAMES = Stream.of(values()).map(Enum::name).collect(toUnmodifiableSet());

    private final String template;
    private final String subject;

    NotificationType(String template, String subject) {
        this.template = template;
        this.subject = subject;
    }

    public String template() {
        return template;
    }

    public String subject() {
        return subject;
    }
}
