package dev.herald.platform.outage;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what PostgreSQL will refuse every time from what may succeed when it is tried again. */
public final class DatabaseRefusal {

    /**
     * Values that do not fit their type (22), what goes beyond the server's limits (54), and constraints on the row alone: not null
     * (23502) and check (23514). Not the other constraints: a missing row may arrive, and a rival one may be a concurrent write.
     */
    private static final Set<String> FINAL = Set.of("22", "54", "23502", "23514");

    private DatabaseRefusal() {}

    /** Whether no repetition of the same statement can succeed. */
    public static boolean isFinal(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .anyMatch(state -> FINAL.stream().anyMatch(state::startsWith));
    }
}
