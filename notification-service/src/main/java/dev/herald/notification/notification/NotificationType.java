package dev.herald.notification.notification;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Each type has a subject and the templates {@code email/<template>.html} and {@code .txt}. The table may hold types of
 * a newer release, which only replicas of that release send.
 */
public enum NotificationType {
    WELCOME("welcome", "Welcome to Herald", "verify-email"),
    PASSWORD_CHANGED("password-changed", "Your Herald password was changed", null),
    VERIFICATION("verification", "Confirm your email address", "verify-email"),
    PASSWORD_RESET("password-reset", "Set a new Herald password", "reset-password"),
    EMAIL_CHANGE("email-change", "Confirm your new email address", "confirm-email"),
    EMAIL_CHANGE_REQUESTED(
            "email-change-requested", "A new email address for your Herald account", "undo-email-change"),
    EMAIL_CHANGED("email-changed", "Your Herald email address was changed", "undo-email-change"),
    NEW_NETWORK("new-network", "Your Herald account was opened from a new network", "reset-password");

    public static final Set<String> NAMES = Stream.of(values()).map(Enum::name).collect(toUnmodifiableSet());

    private final String template;
    private final String subject;
    private final @Nullable String page;

    /** @param page that the link leads to; null for an email without one */
    NotificationType(String template, String subject, @Nullable String page) {
        this.template = template;
        this.subject = subject;
        this.page = page;
    }

    /** The type that an event requests by its {@code kind}; the kinds are the names of the templates. */
    static Optional<NotificationType> requested(String kind) {
        return Stream.of(values())
                .filter(type -> type.page != null && type != WELCOME)
                .filter(type -> type.template.equals(kind))
                .findFirst();
    }

    public Optional<String> page() {
        return Optional.ofNullable(page);
    }

    public String template() {
        return template;
    }

    public String subject() {
        return subject;
    }
}
