package dev.herald.platform.validation;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text of {@code min} to {@code max} Unicode code points that is more than white space and can be stored:
 * neither U+0000, which PostgreSQL refuses, nor a lone surrogate, which UTF-8 cannot carry. {@code null} is valid.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TextValidator.class)
public @interface Text {

    int min() default 1;

    int max();

    String message() default "must be a text of {min} to {max} characters, without U+0000 or lone surrogates";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
