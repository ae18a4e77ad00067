package dev.herald.platform.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidValue;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hibernate.validator.engine.HibernateConstraintViolation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    private record Form(@Text(min = 2, max = 4) @Nullable String value) {}

    private record Composed(
            @Text(min = 2, max = 4, countedIn = Text.Form.NFKC)
            String value) {}

    @ParameterizedTest
    @ValueSource(strings = {"ab", "abcd", "a b", "a\tb", "äöü", "😀😀😀😀", "\u0001x"})
    void allowsWhatCanBeStored(String value) {
        assertThat(validator.validate(new Form(value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', blank",
        "'   ', blank",
        "'\u00a0\u3000', blank",
        "'\u200b\u2060', blank",
        "'\u0001\u0002', blank",
        "'\u3164\ufe0f', blank",
        "'\ue000\ue001', blank",
        "a, too-short",
        "abcde, too-long",
        "😀😀😀😀😀, too-long",
    })
    void saysWhatIsWrong(String value, String code) {
        assertThat(problems(value))
                .extracting(InvalidValue::code)
                .containsExactly(FieldCode.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\u0000", "a\uD800", "\uDC00b", "\uDC00 and more"})
    void namesWhatCannotBeStoredBeforeEverythingElse(String value) {
        assertThat(problems(value)).containsExactly(InvalidValue.invalidText());
    }

    @Test
    void givesTheNumbersOfItsRule() {
        assertThat(problems("a")).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("must have 2 to 4 characters");
            assertThat(problem.params()).isEqualTo(Map.of("min", 2L, "max", 4L));
        });
    }

    private List<InvalidValue> problems(String value) {
        return validator.validate(new Form(value)).stream()
                .map(TextTest::problem)
                .toList();
    }

    private static InvalidValue problem(ConstraintViolation<?> violation) {
        HibernateConstraintViolation<?> found = violation.unwrap(HibernateConstraintViolation.class);
        return found.getDynamicPayload(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0308o\u0308u\u0308e\u0301", "ﬃ", "\u1100\u1161\u11a8\u1112\u1161\u11ab", "㍿"})
    void countsInNfkcIfAsked(String value) {
        assertThat(validator.validate(new Composed(value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a\u0308, too-short", "ﷺ, too-long", "a\u0308o\u0308u\u0308e\u0301o, too-long"})
    void saysWhatIsWrongInNfkc(String value, String code) {
        assertThat(validator.validate(new Composed(value)))
                .extracting(TextTest::problem)
                .extracting(problem -> problem.code().text())
                .containsExactly(code);
    }

    /** Normalized, it would have 36 million characters. */
    @Test
    void refusesATextThatIsTooLongInEveryFormBeforeItIsNormalized() {
        assertThat(validator.validate(new Composed("ﷺ".repeat(2_000_000))))
                .extracting(TextTest::problem)
                .extracting(problem -> problem.code().text())
                .containsExactly("too-long");
    }

    @Test
    void leavesAbsenceToOthers() {
        assertThat(validator.validate(new Form(null))).isEmpty();
    }
}
