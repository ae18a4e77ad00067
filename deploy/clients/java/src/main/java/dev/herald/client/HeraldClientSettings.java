package dev.herald.client;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param email the email address of the account that the calls use */
@Validated
@ConfigurationProperties("herald.client")
record HeraldClientSettings(
        @NotBlank String email, @NotBlank String password) {

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "HeraldClientSettings";
    }
}
