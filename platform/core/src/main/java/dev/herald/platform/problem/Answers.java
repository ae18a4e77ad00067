package dev.herald.platform.problem;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The facts of its own that can end a handler's request: {@code @Answers(EmailTaken.class)}. The API description shows
 * their codes, beside those that it derives from the handler's signature.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Answers {

    Class<? extends ProblemException>[] value();
}
