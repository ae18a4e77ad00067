package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;

/** A value that no annotation can judge. */
@ProblemCode("validation-failed")
public class InvalidInput extends ProblemException {

    private final InvalidField field;

    /** The parameters are those of {@link InvalidField}. */
    public InvalidInput(String field, String code, String message) {
        super(field + " " + message);
        this.field = new InvalidField(field, code, message);
    }

    InvalidField field() {
        return field;
    }
}
