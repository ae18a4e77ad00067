package dev.herald.gateway.route;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param attemptTimeout how long an instance has for the beginning of its response before a GET goes to another */
@Validated
@ConfigurationProperties("herald.gateway")
record FailoverSettings(@NotNull Duration attemptTimeout) {}
