package dev.herald.platform.conditional;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The answers of this handler have an {@code ETag}, and a GET can be 304 (RFC 9110, section 13): read by the API description. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithETag {

    /** A tag as the operation gives it, for an example, without quotes. */
    String value() default "0";
}
