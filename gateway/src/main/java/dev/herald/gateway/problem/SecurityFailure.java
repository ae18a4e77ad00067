package dev.herald.gateway.problem;

import dev.herald.platform.problem.Problems;
import dev.herald.platform.security.TokenProblem;
import org.springframework.security.core.AuthenticationException;

/** Carries an exception of Spring Security to {@link ProblemExceptionHandler}, which writes the problem document. */
public final class SecurityFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param cause an {@link AuthenticationException} (401) or an {@code AccessDeniedException} (403) */
    public SecurityFailure(Exception cause) {
        super(null, cause, false, false);
    }

    TokenProblem problem(Problems problems, String path) {
        return getCause() instanceof AuthenticationException failure
                ? TokenProblem.of(failure, problems, path)
                : TokenProblem.forbidden(problems, path);
    }
}
