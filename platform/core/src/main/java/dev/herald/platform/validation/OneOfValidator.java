package dev.herald.platform.validation;

import dev.herald.platform.problem.InvalidValue;
import java.util.List;
import java.util.Optional;

class OneOfValidator extends ValueValidator<OneOf, CharSequence> {

    private List<String> allowed = List.of();

    @Override
    public void initialize(OneOf constraint) {
        allowed = List.of(constraint.value());
    }

    @Override
    protected Optional<InvalidValue> check(CharSequence text) {
        return allowed.contains(text.toString()) ? Optional.empty() : Optional.of(InvalidValue.noneOf(allowed));
    }
}
