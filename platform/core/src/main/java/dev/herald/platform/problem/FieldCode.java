package dev.herald.platform.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a value is refused. If several reasons apply, the first in this order is the field's code. */
public enum FieldCode {
    UNKNOWN_PARAMETER,

    REQUIRED,

    /** The text contains U+0000 or a lone surrogate. */
    INVALID_TEXT,

    /** The text has no visible character. */
    BLANK,

    TOO_SHORT,
    TOO_LONG,
    OUT_OF_RANGE,

    NOT_AN_EMAIL,

    NOT_DELIVERABLE,

    /** The value has the wrong form, or is not one of the allowed values. */
    INVALID_VALUE,

    COMMON_PASSWORD,

    /** Another resource has the value, which must be unique. */
    TAKEN;

    /** The code as clients see it, in kebab case. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
