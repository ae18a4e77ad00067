package dev.herald.platform.description;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a handler whose answer carries an {@code ETag}: the header itself and, of a GET, {@code If-None-Match} and
 * 304 (RFC 9110, section 13). No signature shows it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithETag {}
