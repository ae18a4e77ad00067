package dev.herald.platform.secret;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param secret at least 32 random bytes in Base64 */
@Validated
@ConfigurationProperties("herald")
record SecretSettings(@NotNull String secret) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "SecretSettings";
    }
}
