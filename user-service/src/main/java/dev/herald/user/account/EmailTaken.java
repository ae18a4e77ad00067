package dev.herald.user.account;

import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import dev.herald.platform.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.dao.DataIntegrityViolationException;

public class EmailTaken extends ProblemException {

    private final String field;

    /** @param field of the request that contains the address, or the token that was mailed to it */
    public EmailTaken(String field) {
        super(ProblemCode.EMAIL_TAKEN, "Another account uses this email address.");
        this.field = field;
    }

    @Override
    public List<InvalidField> errors() {
        return List.of(new InvalidValue(FieldCode.TAKEN, "is used by another account").at(field));
    }

    /** Runs a write. A violation of the unique index on the address becomes {@code EmailTaken}. */
    static <T> T translating(Supplier<T> write) {
        try {
            return write.get();
        } catch (DataIntegrityViolationException e) {
            if (e.getCause() instanceof ConstraintViolationException violation
                    && Users.EMAIL_KEY.equals(violation.getConstraintName())) {
                throw new EmailTaken("email");
            }
            throw e;
        }
    }
}
