package dev.herald.platform.settings;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param name of the service, the same in all of its replicas */
@Validated
@ConfigurationProperties("spring.application")
public record ApplicationSettings(@NotBlank String name) {}
