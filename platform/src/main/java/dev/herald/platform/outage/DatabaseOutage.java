package dev.herald.platform.outage;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells our own failures, and those of a request, from that of a database which is away, or short of something, and will come back. */
public final class DatabaseOutage {

    /**
     * What PostgreSQL answers when it is the server's trouble (appendix A of its manual): the connection is lost (08), resources are
     * short (53), an operator stops it or it starts (57), its disk fails (58); and it is a standby that takes no writes.
     */
    private static final Set<String> SERVER_TROUBLE = Set.of("08", "53", "57", "58");

    private static final String READ_ONLY = "25006";

    private DatabaseOutage() {}

    public static boolean causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof CannotCreateTransactionException
                        || cause instanceof TransientDataAccessException
                        || cause instanceof RecoverableDataAccessException
                        || cause instanceof NonTransientDataAccessResourceException
                        || cause instanceof SQLTransientException
                        || cause instanceof SQLRecoverableException
                        || (cause instanceof SQLException failed && isServerTrouble(failed.getSQLState())));
    }

    private static boolean isServerTrouble(@Nullable String state) {
        return state != null
                && (state.equals(READ_ONLY) || SERVER_TROUBLE.stream().anyMatch(state::startsWith));
    }
}
