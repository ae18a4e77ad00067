package dev.herald.user.token;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code toString} hides the keys.
 *
 * @param emailSecret the keys of {@code HERALD_EMAIL_SECRET}, which notification-service holds too
 */
@ConfigurationProperties("herald.account")
record EmailSecretSettings(String emailSecret) {

    @Override
    public String toString() {
        return "EmailSecretSettings[]";
    }
}
