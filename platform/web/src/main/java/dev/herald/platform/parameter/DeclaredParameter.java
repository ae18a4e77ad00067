package dev.herald.platform.parameter;

import dev.herald.platform.id.CanonicalUuid;
import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.validation.OneOf;
import dev.herald.platform.validation.Text;
import dev.herald.platform.validation.TextValidator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * A {@link RequestParam} of a handler.
 *
 * @param form the rule of the parameter's type, which is called with values that have visible characters
 */
record DeclaredParameter(String name, Function<String, Optional<InvalidValue>> form) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern OFFSET_WITH_BLANK = Pattern.compile(".*[Tt].* \\d{2}:\\d{2}");

    private static final InvalidValue REPEATED = new InvalidValue(FieldCode.INVALID_VALUE, "must be given once");
    private static final InvalidValue NOT_A_NUMBER = new InvalidValue(
            FieldCode.INVALID_VALUE, "must be a whole number in decimal digits, without leading zeros");
    private static final InvalidValue NOT_A_UUID = new InvalidValue(FieldCode.INVALID_VALUE, "must be a UUID");
    private static final InvalidValue NOT_A_MOMENT = new InvalidValue(
            FieldCode.INVALID_VALUE,
            "must be an RFC 3339 date-time, such as 2026-01-31T12:00:00Z, or a date, such as 2026-01-31");
    private static final InvalidValue BLANK_IN_OFFSET = new InvalidValue(
            FieldCode.INVALID_VALUE, "must be an RFC 3339 date-time or a date; a + is written %2B in a query");

    /** @throws IllegalStateException if the parameter's type has no rule */
    static DeclaredParameter of(MethodParameter parameter, RequestParam query) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        String name = query.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : query.name();
        return new DeclaredParameter(name, form(parameter));
    }

    /** Returns why the values are invalid; empty if they are valid. */
    Optional<InvalidValue> check(List<String> values) {
        if (values.size() > 1) {
            return Optional.of(REPEATED);
        }
        String value = values.getFirst();
        return TextValidator.checkCharacters(value).or(() -> form.apply(value));
    }

    private static Function<String, Optional<InvalidValue>> form(MethodParameter parameter) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        if (type.isEnum()) {
            return oneOf(Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList());
        }
        return switch (type) {
            case Class<?> text when text == String.class -> text(parameter);
            case Class<?> number when number == int.class || number == Integer.class -> wholeNumber(parameter);
            case Class<?> truth
            when truth == boolean.class || truth == Boolean.class -> oneOf(List.of("true", "false"));
            case Class<?> id when id == UUID.class -> value -> require(CanonicalUuid.is(value), NOT_A_UUID);
            case Class<?> moment when moment == Instant.class -> DeclaredParameter::moment;
            default -> throw new IllegalStateException("There is no rule for parameters like " + parameter);
        };
    }

    private static Function<String, Optional<InvalidValue>> text(MethodParameter parameter) {
        OneOf allowed = parameter.getParameterAnnotation(OneOf.class);
        if (allowed != null) {
            return oneOf(List.of(allowed.value()));
        }
        Text bounds = parameter.getParameterAnnotation(Text.class);
        return bounds == null
                ? value -> Optional.empty()
                : value -> TextValidator.check(value, bounds.min(), bounds.max());
    }

    private static Function<String, Optional<InvalidValue>> oneOf(List<String> allowed) {
        return value -> require(allowed.contains(value), InvalidValue.noneOf(allowed));
    }

    private static Function<String, Optional<InvalidValue>> wholeNumber(MethodParameter parameter) {
        Min least = parameter.getParameterAnnotation(Min.class);
        Max most = parameter.getParameterAnnotation(Max.class);
        long min = least == null ? Integer.MIN_VALUE : least.value();
        long max = most == null ? Integer.MAX_VALUE : most.value();
        return value -> wholeNumber(value, min, max);
    }

    private static Optional<InvalidValue> wholeNumber(String value, long min, long max) {
        if (!WHOLE_NUMBER.matcher(value).matches()) {
            return Optional.of(NOT_A_NUMBER);
        }
        BigInteger number = new BigInteger(value);
        boolean within =
                number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0;
        return require(within, InvalidValue.outOfRange(min, max));
    }

    private static Optional<InvalidValue> moment(String value) {
        return require(
                InstantParameter.parse(value).isPresent(),
                OFFSET_WITH_BLANK.matcher(value).matches() ? BLANK_IN_OFFSET : NOT_A_MOMENT);
    }

    private static Optional<InvalidValue> require(boolean valid, InvalidValue otherwise) {
        return valid ? Optional.empty() : Optional.of(otherwise);
    }
}
