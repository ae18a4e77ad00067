package dev.herald.platform.registry;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the registry asks of its clients, by HTTP Basic (RFC 7617).
 *
 * @param username the same for every client
 * @param password empty where the registry asks for none, as in the profile {@code local}
 */
@ConfigurationProperties("herald.registry")
public record RegistrySettings(
        @DefaultValue("herald") String username,
        @DefaultValue("") String password) {

    public boolean needsPassword() {
        return !password.isEmpty();
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "RegistrySettings[username=" + username + "]";
    }
}
