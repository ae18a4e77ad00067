package dev.herald.notification.link;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code toString} hides the keys.
 *
 * @param emailSecret the keys of {@code HERALD_EMAIL_SECRET}, which user-service holds too
 * @param pages the base URL of the pages that the links open
 */
@ConfigurationProperties("herald.account")
record LinkSettings(String emailSecret, URI pages) {

    LinkSettings {
        if (pages.getHost() == null || !String.valueOf(pages.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("HERALD_ACCOUNT_PAGES is no URL of a web site: " + pages);
        }
    }

    @Override
    public String toString() {
        return "LinkSettings[pages=" + pages + "]";
    }
}
