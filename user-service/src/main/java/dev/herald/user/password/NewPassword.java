package dev.herald.user.password;

import dev.herald.platform.validation.Text;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A password of 8 to 128 characters that is not among the most used ones (NIST SP 800-63B, section 5.1.1.2). */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Text(min = 8, max = 128, countedIn = Text.Form.NFKC)
@Constraint(validatedBy = CommonPasswords.class)
public @interface NewPassword {

    String message() default "is one of the most used passwords";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
