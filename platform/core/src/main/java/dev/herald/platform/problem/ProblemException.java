package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** A fact that ends a request, such as {@code EmailTaken}. Its class carries a {@link ProblemCode}. */
public abstract class ProblemException extends RuntimeException {

    /** @param detail one sentence for the caller about this occurrence; it is shown to them */
    protected ProblemException(String detail) {
        super(detail);
    }

    /** What the answer's headers say beside the document, such as {@code Retry-After}. */
    public HttpHeaders headers() {
        return HttpHeaders.EMPTY;
    }

    /** Which fields caused it; empty if no single field did. */
    public List<InvalidField> errors() {
        return List.of();
    }

    String code() {
        ProblemCode code = getClass().getAnnotation(ProblemCode.class);
        if (code == null) {
            throw new IllegalStateException(getClass() + " lacks its @ProblemCode");
        }
        return code.value();
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
