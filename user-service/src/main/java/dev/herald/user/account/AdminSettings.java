package dev.herald.user.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The first administrator; none if either value is empty. {@code toString} hides both. */
@ConfigurationProperties("herald.admin")
record AdminSettings(
        @DefaultValue("") String email, @DefaultValue("") String password) {

    boolean arePresent() {
        return !email.isEmpty() && !password.isEmpty();
    }

    @Override
    public String toString() {
        return "AdminSettings[]";
    }
}
