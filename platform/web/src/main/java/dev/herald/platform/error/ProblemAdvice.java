package dev.herald.platform.error;

import dev.herald.platform.outage.DatabaseOutage;
import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.FieldErrors;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.LoggedFailure;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument;
import dev.herald.platform.problem.ProblemException;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.security.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;

/** Turns exceptions into problem documents. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
record ProblemAdvice(Problems problems, ProblemWriter writer) {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    void answer(Exception exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean begun = HandlerInvocation.hasBegun(request);
        ProblemDocument problem = problemOf(exception, begun, request.getRequestURI());
        log(exception, problem, request);
        writer.write(problem, headers(exception, problem.status()), response);
    }

    private static void log(Exception exception, ProblemDocument problem, HttpServletRequest request) {
        String method = request.getMethod();
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (problem.code() == ProblemCode.OVERLOADED) {
            log.debug("{} {} is refused, because too many requests wait", method, pattern);
        } else if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            // Without the stack trace, because an outage causes many equal failures.
            log.warn(
                    "{} {} cannot be served [{}]: {}",
                    method,
                    pattern,
                    problem.traceId(),
                    LoggedFailure.summary(exception));
        } else if (problem.status() >= 500) {
            log.error(
                    "{} {} failed [{}]: {}",
                    method,
                    pattern,
                    problem.traceId(),
                    LoggedFailure.summary(exception),
                    LoggedFailure.of(exception));
        } else if (isUnforeseen(exception)) {
            log.warn(
                    "{} {} cannot be read [{}]: {}",
                    method,
                    pattern,
                    problem.traceId(),
                    LoggedFailure.summary(exception));
        }
    }

    /**
     * Whether the exception's type does not show who caused the failure, the client or the service; {@link
     * HandlerInvocation} decides it then.
     */
    private static boolean isUnforeseen(Exception exception) {
        return !(exception instanceof ProblemException
                || exception instanceof ErrorResponse
                || exception instanceof HttpMessageNotReadableException
                || exception instanceof MethodArgumentTypeMismatchException
                || exception instanceof OptimisticLockingFailureException);
    }

    private static HttpHeaders headers(Exception exception, int status) {
        HttpHeaders headers = HttpHeaders.copyOf(
                switch (exception) {
                    case ProblemException fact -> fact.headers();
                    case ErrorResponse error -> error.getHeaders();
                    default -> HttpHeaders.EMPTY;
                });
        if (status == HttpStatus.UNAUTHORIZED.value() && !headers.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            // A 401 must name an authentication scheme (RFC 9110, section 15.5.2).
            headers.set(HttpHeaders.WWW_AUTHENTICATE, BearerToken.SCHEME);
        }
        return headers;
    }

    private ProblemDocument problemOf(Exception exception, boolean begun, String path) {
        return switch (exception) {
            case ProblemException fact -> problems.of(fact, path);
            case HttpMessageNotReadableException body ->
                problems.of(ProblemCode.MALFORMED_REQUEST, UnreadableBody.describe(body), path);
            case MethodArgumentNotValidException body -> problems.invalid(FieldErrors.of(body), path);
            case HandlerMethodValidationException parameters -> problems.invalid(FieldErrors.of(parameters), path);
            case MissingServletRequestParameterException parameter ->
                problems.invalid(List.of(InvalidValue.required().at(parameter.getParameterName())), path);
            case MethodArgumentTypeMismatchException parameter -> mismatch(parameter, path);
            case InvalidApiVersionException version ->
                problems.of(
                        ProblemCode.UNSUPPORTED_API_VERSION,
                        "There is no version %s here.".formatted(version.getVersion()),
                        path);
            case OptimisticLockingFailureException e -> problems.of(ProblemCode.CONCURRENT_UPDATE, path);
            case ErrorResponse error -> problems.of(error.getStatusCode(), path);
            default -> problems.of(unforeseen(exception, begun), path);
        };
    }

    /** The code of an exception without an HTTP status of its own. */
    private static ProblemCode unforeseen(Exception exception, boolean begun) {
        if (DatabaseOutage.causes(exception)) {
            return ProblemCode.UPSTREAM_UNAVAILABLE;
        }
        return begun ? ProblemCode.INTERNAL_ERROR : ProblemCode.MALFORMED_REQUEST;
    }

    /** A bad path variable is a malformed request; a bad query parameter is an invalid field. */
    private ProblemDocument mismatch(MethodArgumentTypeMismatchException parameter, String path) {
        if (parameter.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return problems.of(
                    ProblemCode.MALFORMED_REQUEST,
                    "'%s' in the path cannot be read.".formatted(parameter.getName()),
                    path);
        }
        InvalidValue unreadable = new InvalidValue(FieldCode.INVALID_VALUE, "cannot be read");
        return problems.invalid(List.of(unreadable.at(parameter.getName())), path);
    }
}
