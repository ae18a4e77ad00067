package dev.herald.chaos;

import java.util.Locale;

/** The components into which faults are injected. */
public enum Target {
    POSTGRES,
    KAFKA,
    REDIS,
    SMTP,
    USER_SERVICE,
    POST_SERVICE,
    NOTIFICATION_SERVICE,
    GATEWAY;

    public String component() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
