package dev.herald.gateway.filter;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** @param bodyTimeout how long a body may take to arrive */
@Validated
@ConfigurationProperties("herald.gateway")
record BodySettings(@NotNull DataSize maxBody, @NotNull Duration bodyTimeout) {}
