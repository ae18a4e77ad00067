package dev.herald.platform.security;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument;
import dev.herald.platform.problem.Problems;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/**
 * The response to a request without a valid token, in servlets and in the gateway.
 *
 * @param challenge the {@code WWW-Authenticate} header (RFC 6750, section 3); empty if another token would not help
 */
public record TokenProblem(ProblemDocument document, Optional<String> challenge) {

    public static TokenProblem of(AuthenticationException exception, Problems problems, String path) {
        boolean tokenWasSent = exception instanceof OAuth2AuthenticationException;
        ProblemDocument document =
                problems.of(tokenWasSent ? code(exception) : ProblemCode.AUTHENTICATION_REQUIRED, path);
        if (document.status() != HttpStatus.UNAUTHORIZED.value()) {
            return new TokenProblem(document, Optional.empty());
        }
        return new TokenProblem(
                document,
                Optional.of(
                        tokenWasSent
                                ? "%s, error_description=\"%s\""
                                        .formatted(BearerToken.challenge("invalid_token"), document.title())
                                : BearerToken.SCHEME));
    }

    public static TokenProblem forbidden(Problems problems, String path) {
        return new TokenProblem(problems.of(ProblemCode.FORBIDDEN, path), Optional.of(Forbidden.CHALLENGE));
    }

    private static ProblemCode code(AuthenticationException exception) {
        return exception.getCause() instanceof TokenRefused refused ? refused.code() : ProblemCode.INVALID_TOKEN;
    }
}
