package dev.herald.platform.outage;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

public final class DatabaseRefusal {

    /**
     * SQLStates of failures that every retry repeats: values outside their type (22), exceeded limits (54), and
     * constraints on the row alone, not null (23502) and check (23514). After a violation of another constraint a retry
     * may succeed, because a missing row may be added and a conflicting row may be rolled back.
     */
    private static final Set<String> FINAL = Set.of("22", "54", "23502", "23514");

    private DatabaseRefusal() {}

    /** Whether every retry of the statement would fail too. */
    public static boolean isFinal(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .anyMatch(state -> FINAL.stream().anyMatch(state::startsWith));
    }
}
