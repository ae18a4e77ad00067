package dev.herald.gateway.limit;

import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param credentials login and refresh, for each address
 * @param anonymous other requests without a valid token, for each address
 * @param signedIn for each user
 */
@Validated
@ConfigurationProperties("herald.gateway.limits")
record LimitSettings(
        @Valid Limit credentials,
        @Valid Limit anonymous,
        @Valid Limit signedIn) {}
