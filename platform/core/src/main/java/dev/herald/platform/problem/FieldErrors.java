package dev.herald.platform.problem;

import static java.util.Comparator.comparing;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.engine.HibernateConstraintViolation;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** The {@code errors} of a problem document: one for each field, sorted by name. */
public final class FieldErrors {

    private FieldErrors() {}

    public static List<InvalidField> of(MethodArgumentNotValidException body) {
        return firstOfEachField(body.getBindingResult().getAllErrors().stream().map(FieldErrors::field));
    }

    public static List<InvalidField> of(HandlerMethodValidationException parameters) {
        return firstOfEachField(
                parameters.getParameterValidationResults().stream().flatMap(FieldErrors::fields));
    }

    /** The errors of values that are not parameters of a controller. */
    public static List<InvalidField> of(Set<? extends ConstraintViolation<?>> violations) {
        return firstOfEachField(violations.stream()
                .map(violation ->
                        invalidValue(violation).at(violation.getPropertyPath().toString())));
    }

    private static Stream<InvalidField> fields(ParameterValidationResult result) {
        if (result instanceof ParameterErrors body) {
            return body.getAllErrors().stream().map(FieldErrors::field);
        }
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> invalidValue(result.unwrap(error, ConstraintViolation.class))
                        .at(name));
    }

    private static InvalidField field(ObjectError error) {
        return invalidValue(error.unwrap(ConstraintViolation.class))
                .at(error instanceof FieldError field ? field.getField() : error.getObjectName());
    }

    private static List<InvalidField> firstOfEachField(Stream<InvalidField> fields) {
        Collection<InvalidField> first = fields.collect(Collectors.toMap(
                        InvalidField::field,
                        field -> field,
                        BinaryOperator.minBy(comparing(InvalidField::code)),
                        TreeMap::new))
                .values();
        return List.copyOf(first);
    }

    /** Uses Herald's own texts, because the validation library's message depends on its version and on the locale. */
    private static InvalidValue invalidValue(ConstraintViolation<?> violation) {
        HibernateConstraintViolation<?> known = violation.unwrap(HibernateConstraintViolation.class);
        InvalidValue found = known.getDynamicPayload(InvalidValue.class);
        return found == null
                ? invalidValue(violation.getConstraintDescriptor().getAnnotation(), violation.getInvalidValue())
                : found;
    }

    private static InvalidValue invalidValue(Annotation constraint, @Nullable Object value) {
        return switch (constraint) {
            case NotNull _ -> InvalidValue.required();
            case NotEmpty _ when value == null -> InvalidValue.required();
            case NotEmpty _ -> InvalidValue.tooShort(1, Integer.MAX_VALUE, "items");
            case Size size -> size(size, value);
            case Min min ->
                new InvalidValue(FieldCode.OUT_OF_RANGE, "must be at least " + min.value(), Map.of("min", min.value()));
            case Max max ->
                new InvalidValue(FieldCode.OUT_OF_RANGE, "must be at most " + max.value(), Map.of("max", max.value()));
            case Email _ -> new InvalidValue(FieldCode.NOT_AN_EMAIL, "must be an email address");
            default -> new InvalidValue(FieldCode.INVALID_VALUE, "is not an allowed value");
        };
    }

    private static InvalidValue size(Size size, @Nullable Object value) {
        return value instanceof Collection<?> items && items.size() < size.min()
                ? InvalidValue.tooShort(size.min(), size.max(), "items")
                : InvalidValue.tooLong(size.min(), size.max(), "items");
    }
}
