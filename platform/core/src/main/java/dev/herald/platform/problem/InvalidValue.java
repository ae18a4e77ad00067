package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * @param message the rule in plain English, to be read after the field's name, such as {@code must have 8 to 128 characters}
 * @param params the values of the rule, such as the numbers {@code min} and {@code max} or the texts {@code allowed}; may be empty
 */
public record InvalidValue(FieldCode code, String message, Map<String, ?> params) {

    public InvalidValue(FieldCode code, String message) {
        this(code, message, Map.of());
    }

    public static InvalidValue required() {
        return new InvalidValue(FieldCode.REQUIRED, "is required");
    }

    public static InvalidValue invalidText() {
        return new InvalidValue(FieldCode.INVALID_TEXT, "must not contain U+0000 or a lone surrogate");
    }

    public static InvalidValue blank() {
        return new InvalidValue(FieldCode.BLANK, "must contain a visible character");
    }

    /** @param unit what is counted, such as {@code characters} */
    public static InvalidValue tooShort(int min, int max, String unit) {
        return new InvalidValue(FieldCode.TOO_SHORT, length(min, max, unit), bounds(min, max));
    }

    /** @param unit what is counted, such as {@code characters} */
    public static InvalidValue tooLong(int min, int max, String unit) {
        return new InvalidValue(FieldCode.TOO_LONG, length(min, max, unit), bounds(min, max));
    }

    public static InvalidValue outOfRange(long min, long max) {
        return new InvalidValue(
                FieldCode.OUT_OF_RANGE, "must be a whole number from %d to %d".formatted(min, max), bounds(min, max));
    }

    /** @param known the parameters that the operation takes */
    public static InvalidValue unknownParameter(Collection<String> known) {
        return new InvalidValue(
                FieldCode.UNKNOWN_PARAMETER,
                "is unknown: this operation takes " + (known.isEmpty() ? "no parameters" : String.join(", ", known)));
    }

    public static InvalidValue noneOf(Collection<String> allowed) {
        return new InvalidValue(
                FieldCode.INVALID_VALUE,
                "must be " + String.join(" or ", allowed),
                Map.of("allowed", List.copyOf(allowed)));
    }

    private static String length(int min, int max, String unit) {
        return max == Integer.MAX_VALUE
                ? "must have at least %d %s".formatted(min, unit)
                : "must have %d to %d %s".formatted(min, max, unit);
    }

    /** A linked map, so that clients see the minimum first. */
    private static Map<String, Long> bounds(long min, long max) {
        Map<String, Long> bounds = new LinkedHashMap<>();
        bounds.put("min", min);
        if (max != Integer.MAX_VALUE) {
            bounds.put("max", max);
        }
        return bounds;
    }

    /** @param field the field's path in the body, or the parameter's name */
    public InvalidField at(String field) {
        return new InvalidField(field, code, message, params);
    }
}
