package dev.herald.platform.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a value is refused. Of several reasons for one field, the first in this order is named. */
public enum FieldCode {
    /** The parameter is not one of this operation. */
    UNKNOWN_PARAMETER,

    /** The value is absent or null. */
    REQUIRED,

    /** The text contains U+0000 or a lone surrogate. */
    INVALID_TEXT,

    /** The text has no visible character. */
    BLANK,

    TOO_SHORT,
    TOO_LONG,
    OUT_OF_RANGE,

    /** The text has not the form of an email address. */
    NOT_AN_EMAIL,

    /** The text is an email address to which no mail can be sent. */
    NOT_DELIVERABLE,

    /** The value has another form than the rule, or is not one of the allowed values. */
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
