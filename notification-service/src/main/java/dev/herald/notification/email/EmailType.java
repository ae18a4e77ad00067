package dev.herald.notification.email;

/** The emails there are: each with its subject, and its templates {@code email/<template>.html} and {@code .txt}. */
enum EmailType {
    WELCOME("welcome", "Welcome to Herald"),
    PASSWORD_CHANGED("password-changed", "Your Herald password was changed");

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
