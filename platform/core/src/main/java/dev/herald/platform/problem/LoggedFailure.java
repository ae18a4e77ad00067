package dev.herald.platform.problem;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientResponseException;

/**
 * A copy of a failure for the log, with its classes and stack traces. Only exceptions thrown by Herald's own code keep
 * their message, because a library's message may quote what a caller sent, such as a password.
 */
public final class LoggedFailure extends Exception {

    private static final String OWN_CODE = "dev.herald.";
    private static final int MOST_CAUSES = 10;

    private LoggedFailure(Throwable failure, @Nullable LoggedFailure cause) {
        super(describe(failure), cause);
        setStackTrace(failure.getStackTrace());
    }

    public static LoggedFailure of(Throwable failure) {
        return of(failure, MOST_CAUSES);
    }

    private static LoggedFailure of(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return new LoggedFailure(failure, cause == null || causes == 0 ? null : of(cause, causes - 1));
    }

    /** One line with the failure, its innermost cause, and the place in Herald's code. */
    public static String summary(Throwable failure) {
        Throwable root = failure;
        int causes = 0;
        while (root.getCause() != null && causes < MOST_CAUSES) {
            root = root.getCause();
            causes++;
        }
        String cause = causes == 0 ? "" : " (" + describe(root) + ")";
        return describe(failure) + cause + place(failure);
    }

    private static String describe(Throwable failure) {
        String type = failure.getClass().getName();
        if (failure instanceof SQLException sql && sql.getSQLState() != null) {
            return type + ", SQLState " + sql.getSQLState();
        }
        if (failure instanceof RestClientResponseException answer) {
            return type + ", status " + answer.getStatusCode().value();
        }
        StackTraceElement[] stack = failure.getStackTrace();
        boolean own = stack.length > 0 && stack[0].getClassName().startsWith(OWN_CODE);
        return own && failure.getMessage() != null ? type + ": " + failure.getMessage() : type;
    }

    private static String place(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith(OWN_CODE))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }
}
