package dev.herald.platform.validation;

import dev.herald.platform.problem.InvalidValue;
import java.util.Optional;

public class TextValidator extends ValueValidator<Text, CharSequence> {

    private int min;
    private int max;

    @Override
    public void initialize(Text constraint) {
        min = constraint.min();
        max = constraint.max();
    }

    @Override
    protected Optional<InvalidValue> check(CharSequence text) {
        return check(text, min, max);
    }

    /** Checks what can be stored, then what can be seen, then the length. */
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

    /** Checks what can be stored, then what can be seen; not the length. */
    public static Optional<InvalidValue> checkCharacters(CharSequence text) {
        if (!StorableText.isStorable(text)) {
            return Optional.of(InvalidValue.invalidText());
        }
        return VisibleText.hasVisibleCharacter(text) ? Optional.empty() : Optional.of(InvalidValue.blank());
    }
}
