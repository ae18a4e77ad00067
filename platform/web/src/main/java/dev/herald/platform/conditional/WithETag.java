package dev.herald.platform.conditional;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Tells the API description that the responses have an {@code ETag}, and that a GET can be 304 (RFC 9110, section 13). */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithETag {

    /** An example of the operation's tags, without quotes. */
    String value() default "0";
}
