package dev.herald.platform.settings;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param name the service's name, which all of its replicas share */
@Validated
@ConfigurationProperties("spring.application")
public record ApplicationSettings(@NotBlank String name) {}
