package dev.herald.platform.validation;

import dev.herald.platform.problem.InvalidValue;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** A validator that reports why a value is invalid as an {@link InvalidValue}. {@code null} is valid. */
public abstract class ValueValidator<A extends Annotation, T> implements ConstraintValidator<A, T> {

    /** Returns why the value is invalid; empty if the value is valid. */
    protected abstract Optional<InvalidValue> check(T value);

    @Override
    public final boolean isValid(@Nullable T value, ConstraintValidatorContext context) {
        if (value == null) {
            return true;
        }
        Optional<InvalidValue> invalid = check(value);
        invalid.ifPresent(found -> report(found, context));
        return invalid.isEmpty();
    }

    private static void report(InvalidValue found, ConstraintValidatorContext context) {
        context.disableDefaultConstraintViolation();
        context.unwrap(HibernateConstraintValidatorContext.class)
                .withDynamicPayload(found)
                .buildConstraintViolationWithTemplate(found.message())
                .addConstraintViolation();
    }
}
