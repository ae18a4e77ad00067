package dev.herald.user.token;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** The emails with a link. An operation accepts only tokens of its own kinds. */
public enum EmailKind {
    VERIFICATION(Duration.ofHours(24)),
    PASSWORD_RESET(Duration.ofHours(1)),
    /** To the new address, which the link confirms. */
    EMAIL_CHANGE(Duration.ofHours(24)),
    /** To the old address when a change was requested. */
    EMAIL_CHANGE_REQUESTED(Duration.ofDays(7)),
    /** To the old address when the change was confirmed. */
    EMAIL_CHANGED(Duration.ofDays(7)),
    /** The link sets a new password. It is valid for a day, because the email may be read late. */
    NEW_NETWORK(Duration.ofHours(24));

    /** The kinds whose token sets a new password. */
    public static final Set<EmailKind> RESET = Set.of(PASSWORD_RESET, NEW_NETWORK);

    /** The kinds whose token undoes a change of address. */
    public static final Set<EmailKind> UNDO = Set.of(EMAIL_CHANGE_REQUESTED, EMAIL_CHANGED);

    /** The kinds that a new password ends, because a person who knew the old one may have requested them. */
    public static final Set<EmailKind> ENDED_BY_A_NEW_PASSWORD = Set.of(PASSWORD_RESET, NEW_NETWORK, EMAIL_CHANGE);

    private final Duration lifetime;

    EmailKind(Duration lifetime) {
        this.lifetime = lifetime;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** The kind in the event's JSON, such as {@code password-reset}. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
