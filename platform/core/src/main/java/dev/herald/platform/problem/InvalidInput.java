package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.util.List;

public class InvalidInput extends ProblemException {

    private final List<InvalidField> errors;

    public InvalidInput(List<InvalidField> errors) {
        super(ProblemCode.VALIDATION_FAILED, "The request was read, but some of its values are not allowed.");
        this.errors = List.copyOf(errors);
    }

    public InvalidInput(String field, InvalidValue invalid) {
        this(List.of(invalid.at(field)));
    }

    @Override
    public List<InvalidField> errors() {
        return errors;
    }
}
