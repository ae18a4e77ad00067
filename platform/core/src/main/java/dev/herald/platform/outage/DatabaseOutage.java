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

/** Tells our own failures, and those of a request, from that of a database which is away, or short of something, and will come back. */
public final class DatabaseOutage {

    /**
     * What PostgreSQL answers when it is the server's trouble (appendix A of its manual): the connection is lost (08), resources are
     * short (53), an operator stops it or it starts (57), its disk fails (58), it takes no writes (25006), or it ended a session that was
     * idle in a transaction (25P03) or a transaction that took too long (25P04). Not 54: what goes beyond its limits will do so again.
     */
    private static final Set<String> SERVER_TROUBLE = Set.of("08", "53", "57", "58", "25006", "25P03", "25P04");

    private DatabaseOutage() {}

    public static boolean causes(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return chain.stream().anyMatch(DatabaseOutage::isLackOfAConnection)
                || stateOf(chain)
                        .map(state -> SERVER_TROUBLE.stream().anyMatch(state::startsWith))
                        // Spring's and JDBC's classes are broader and decide only where there is no SQLState.
                        .orElseGet(() -> chain.stream().anyMatch(DatabaseOutage::isOutage));
    }

    /** Without a connection no statement was sent, so the SQLState, of a failed login for example, does not matter. */
    private static boolean isLackOfAConnection(Throwable cause) {
        return cause instanceof CannotCreateTransactionException
                || cause instanceof CannotGetJdbcConnectionException
                || cause instanceof SQLTransientConnectionException
                // The pool says so, without a state, of a connection that broke earlier in the transaction.
                || (cause instanceof SQLException && "Connection is closed".equals(cause.getMessage()));
    }

    /** All causes, and those of a failure in a transaction whose rollback failed in turn. */
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
