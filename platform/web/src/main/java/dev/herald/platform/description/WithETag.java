package dev.herald.platform.description;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a handler whose answer carries an {@code ETag}: the header itself and, of a GET, 304 (RFC 9110, section 13). No signature shows it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithETag {

    /** A tag as the operation gives it, for an example, without quotes. */
    String value() default "0";
}
