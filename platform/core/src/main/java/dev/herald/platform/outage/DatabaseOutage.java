package dev.herald.platform.outage;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Recognizes failures whose cause is a database that is unavailable or lacks a resource, not the service or the request. */
public final class DatabaseOutage {

    /**
     * SQLStates of failures of the server (PostgreSQL manual, appendix A): lost connection (08), insufficient resources
     * (53), operator intervention or start-up (57), system error (58), read-only server (25006), transaction that was
     * idle (25P03) or ran (25P04) for too long. Exceeded limits (54) are not included, because a retry would exceed
     * them again.
     */
    private static final Set<String> SERVER_TROUBLE = Set.of("08", "53", "57", "58", "25006", "25P03", "25P04");

    private DatabaseOutage() {}

    public static boolean causes(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return chain.stream().anyMatch(DatabaseOutage::isLackOfAConnection)
                || stateOf(chain)
                        .map(state -> SERVER_TROUBLE.stream().anyMatch(state::startsWith))
                        // An SQLState is more exact than the class of an exception, so the classes decide only if there
                        // is no SQLState.
                        .orElseGet(() -> chain.stream().anyMatch(DatabaseOutage::isOutage));
    }

    /** A failure to get a connection is an outage with any SQLState, also that of a failed login, because no statement was sent. */
    private static boolean isLackOfAConnection(Throwable cause) {
        return cause instanceof CannotCreateTransactionException
                || cause instanceof CannotGetJdbcConnectionException
                || cause instanceof SQLTransientConnectionException
                // The connection pool throws this, without an SQLState, if the connection broke earlier in the
                // transaction.
                || (cause instanceof SQLException && "Connection is closed".equals(cause.getMessage()));
    }

    /** The failure and its causes, and, if a rollback failed, the failure that caused the rollback. */
    private static List<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> Stream.concat(Stream.of(cause), failureBeforeRollback(cause)))
                .toList();
    }

    private static Stream<Throwable> failureBeforeRollback(Throwable cause) {
        Throwable before =
                cause instanceof TransactionSystemException rollback ? rollback.getApplicationException() : null;
        return before == null ? Stream.empty() : chain(before).stream();
    }

    private static Optional<String> stateOf(List<Throwable> chain) {
        return chain.stream()
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static boolean isOutage(Throwable cause) {
        return (cause instanceof TransientDataAccessException && !(cause instanceof ConcurrencyFailureException))
                || cause instanceof RecoverableDataAccessException
                || cause instanceof NonTransientDataAccessResourceException
                || cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException;
    }
}
