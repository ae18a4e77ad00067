package dev.herald.platform.validation;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    private record Form(@Text(min = 2, max = 4) @Nullable String value) {}

    @ParameterizedTest
    @ValueSource(strings = {"ab", "abcd", "a b", "a\tb", "äöü", "😀😀😀😀", "\u0001x"})
    void allowsWhatCanBeStored(String value) {
        assertThat(validator.validate(new Form(value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abcde", "😀😀😀😀😀", "   ", "a\u0000", "a\uD800", "\uDC00b"})
    void refusesWhatIsTooShortTooLongBlankOrCannotBeStored(String value) {
        assertThat(validator.validate(new Form(value))).hasSize(1);
    }

    @Test
    void leavesAbsenceToOthers() {
        assertThat(validator.validate(new Form(null))).isEmpty();
    }
}
