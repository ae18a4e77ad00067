package dev.herald.gateway.limit;

import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param credentials login and refresh, for each client's IP address (IPv6: its /64)
 * @param anonymous other requests without a valid token, also for each IP address
 * @param signedIn for each user
 */
@Validated
@ConfigurationProperties("herald.gateway.limits")
record LimitSettings(
        @Valid Limit credentials,
        @Valid Limit anonymous,
        @Valid Limit signedIn) {}
