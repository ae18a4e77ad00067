package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** The reason why a request is refused, such as {@code EmailTaken}. */
public abstract class ProblemException extends RuntimeException {

    private final ProblemCode code;

    /** @param detail one sentence about this occurrence, which the caller sees */
    protected ProblemException(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
    }

    /** Further headers of the response, such as {@code Retry-After}. */
    public HttpHeaders headers() {
        return HttpHeaders.EMPTY;
    }

    /** The fields that caused the problem; may be empty. */
    public List<InvalidField> errors() {
        return List.of();
    }

    ProblemCode code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
