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

/** Tells our own failures, and those of a request, from that of a database which is away, or short of something, and will come back. */
public final class DatabaseOutage {

    /**
     * What PostgreSQL answers when it is the server's trouble (appendix A of its manual): the connection is lost (08), resources are
     * short (53), an operator stops it or it starts (57), its disk fails (58), it is a standby that takes no writes (25006), or it
     * took a session that slept in a transaction for dead (25P03). Not 54: what goes beyond its limits will do so again.
     */
    private static final Set<String> SERVER_TROUBLE = Set.of("08", "53", "57", "58", "25006", "25P03");

    private DatabaseOutage() {}

    public static boolean causes(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .toList();
        return chain.stream().anyMatch(DatabaseOutage::isLackOfAConnection)
                || stateOf(chain)
                        .map(state -> SERVER_TROUBLE.stream().anyMatch(state::startsWith))
                        // Spring's and JDBC's classes are broader, and serve where nobody has given a state.
                        .orElseGet(() -> chain.stream().anyMatch(DatabaseOutage::isOutage));
    }

    /** Whatever state it bears, of a login that failed for example, no statement was made that could be to blame. */
    private static boolean isLackOfAConnection(Throwable cause) {
        return cause instanceof CannotCreateTransactionException
                || cause instanceof CannotGetJdbcConnectionException
                || cause instanceof SQLTransientConnectionException;
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
