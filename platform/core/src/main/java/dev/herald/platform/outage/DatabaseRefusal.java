package dev.herald.platform.outage;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

public final class DatabaseRefusal {

    /**
     * SQLState of values outside their type (22), exceeded limits (54), and constraints on the row alone: not null
     * (23502) and check (23514). With other constraints a repetition may succeed: a missing row may be added, and a
     * conflicting row may be rolled back.
     */
    private static final Set<String> FINAL = Set.of("22", "54", "23502", "23514");

    private DatabaseRefusal() {}

    /** Whether every repetition of the statement fails. */
    public static boolean isFinal(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .anyMatch(state -> FINAL.stream().anyMatch(state::startsWith));
    }
}
