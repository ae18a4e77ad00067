package dev.herald.platform.description;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a handler that honours the header {@code Idempotency-Key}
 * ({@link dev.herald.platform.idempotency.Idempotency}): the header, its problem codes, and the answer's
 * {@code Idempotency-Replayed}. No signature shows it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithIdempotencyKey {}
