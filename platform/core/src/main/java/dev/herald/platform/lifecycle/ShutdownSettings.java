package dev.herald.platform.lifecycle;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param deregistrationDelay how long an instance serves after it has left the registry */
@Validated
@ConfigurationProperties("herald.shutdown")
record ShutdownSettings(@NotNull Duration deregistrationDelay) {}
