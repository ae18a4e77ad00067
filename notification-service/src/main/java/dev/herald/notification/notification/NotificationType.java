package dev.herald.notification.email;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Set;
import java.util.stream.Stream;

/**
 * The emails there are: each with its subject, and its templates {@code email/<template>.html} and {@code .txt}. While replicas of two
 * versions share the table, it may hold others: they are left to those who know them.
 */
enum EmailType {
    WELCOME("welcome", "Welcome to Herald"),
    PASSWORD_CHANGED("password-changed", "Your Herald password was changed");

    static final Set<String> NAMES = Stream.of(values()).map(Enum::name).collect(toUnmodifiableSet());

    private final String template;
    private final String subject;

    EmailType(String template, String subject) {
        this.template = template;
        this.subject = subject;
    }

    String template() {
        return template;
    }

    String subject() {
        return subject;
    }
}
