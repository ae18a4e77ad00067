package dev.herald.platform.registry;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The registry's HTTP Basic credentials (RFC 7617).
 *
 * @param password empty in the profile {@code local}, where the registry needs none
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
