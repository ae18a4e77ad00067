package dev.herald.platform.validation;

import static java.text.Normalizer.Form.NFKC;

import dev.herald.platform.problem.InvalidValue;
import java.text.Normalizer;
import java.util.Optional;

public class TextValidator extends ValueValidator<Text, CharSequence> {

    /** The most code points that NFKC composes into one. */
    private static final int LONGEST_COMPOSITION = 4;

    private int min;
    private int max;
    private Text.Form form = Text.Form.AS_TYPED;

    @Override
    public void initialize(Text constraint) {
        min = constraint.min();
        max = constraint.max();
        form = constraint.countedIn();
    }

    @Override
    protected Optional<InvalidValue> check(CharSequence text) {
        return check(
                form == Text.Form.NFKC && !isTooLongInNfkc(text) ? Normalizer.normalize(text, NFKC) : text, min, max);
    }

    /** Whether the text is too long even in NFKC. Such a text is not normalized, because normalization can make a text 18 times as long. */
    private boolean isTooLongInNfkc(CharSequence text) {
        return text.codePoints().count() > (long) LONGEST_COMPOSITION * max;
    }

    /** Checks first whether the text can be stored, then whether it has a visible character, then its length. */
    public static Optional<InvalidValue> check(CharSequence text, int min, int max) {
        Optional<InvalidValue> unusable = checkCharacters(text);
        if (unusable.isPresent()) {
            return unusable;
        }
        long length = text.codePoints().count();
        if (length < min) {
            return Optional.of(InvalidValue.tooShort(min, max, "characters"));
        }
        return length > max ? Optional.of(InvalidValue.tooLong(min, max, "characters")) : Optional.empty();
    }

    /** Checks everything but the length. */
    public static Optional<InvalidValue> checkCharacters(CharSequence text) {
        if (!StorableText.isStorable(text)) {
            return Optional.of(InvalidValue.invalidText());
        }
        return VisibleText.hasVisibleCharacter(text) ? Optional.empty() : Optional.of(InvalidValue.blank());
    }
}
