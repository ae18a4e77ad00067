package dev.herald.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A test that takes more than a minute: it runs with {@code HERALD_SLOW_TESTS=true} only, and is reported as skipped otherwise. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
        named = "HERALD_SLOW_TESTS",
        matches = "true",
        disabledReason = "It takes more than a minute; HERALD_SLOW_TESTS=true mvn verify runs it too")
public @interface SlowTest {}
