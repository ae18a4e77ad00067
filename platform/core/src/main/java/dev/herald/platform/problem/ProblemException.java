package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** A fact that ends a request, such as {@code EmailTaken}. */
public abstract class ProblemException extends RuntimeException {

    private final ProblemCode code;

    /** @param detail one sentence for the caller about this occurrence; it is shown to them */
    protected ProblemException(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
    }

    /** What the answer's headers say beside the document, such as {@code Retry-After}. */
    public HttpHeaders headers() {
        return HttpHeaders.EMPTY;
    }

    /** Which fields caused it; empty if no single field did. */
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
