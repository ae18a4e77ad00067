package dev.herald.chaos;

import java.util.Locale;

/** What may be struck. */
public enum Victim {
    POSTGRES,
    KAFKA,
    REDIS,
    SMTP,
    USER_SERVICE,
    POST_SERVICE,
    NOTIFICATION_SERVICE,
    GATEWAY;

    /** Its name in the suite. */
    public String component() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
