package dev.herald.platform.validation;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

public class TextValidator implements ConstraintValidator<Text, CharSequence> {

    private int min;
    private int max;

    @Override
    public void initialize(Text constraint) {
        min = constraint.min();
        max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
        if (text == null) {
            return true;
        }
        long length = text.codePoints().count();
        return length >= min && length <= max && !text.toString().isBlank() && StorableText.isStorable(text);
    }
}
