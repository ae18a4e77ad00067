package dev.herald.platform.email;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The text must be an {@link EmailAddress}. {@code null} is valid. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MailableValidator.class)
public @interface Mailable {

    String message() default "must be an email address to which mail can be sent";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
