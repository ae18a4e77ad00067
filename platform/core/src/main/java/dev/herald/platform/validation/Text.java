package dev.herald.platform.validation;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text of {@code min} to {@code max} Unicode code points that has a visible character and can be stored. {@code null} is
 * valid.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TextValidator.class)
public @interface Text {

    /** The form in which characters are counted. */
    enum Form {
        AS_TYPED,

        /** Unicode's normalization form NFKC (UAX #15). */
        NFKC
    }

    int min() default 1;

    int max() default Integer.MAX_VALUE;

    Form countedIn() default Form.AS_TYPED;

    String message() default "must be a text of {min} to {max} characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
