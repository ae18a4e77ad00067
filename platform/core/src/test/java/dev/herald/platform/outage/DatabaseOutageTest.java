package dev.herald.platform.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseOutageTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08003", "53300", "53100", "57P01", "57P03", "58030", "25006", "25P03", "25P04"})
    void isTheServersTrouble(String state) {
        assertThat(DatabaseOutage.causes(failed(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"54000", "22001", "23505", "40P01", "42P01"})
    void isNotWhatTheStatementIsToBlameFor(String state) {
        // For any exception class that Spring uses.
        assertThat(DatabaseOutage.causes(failed(state))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000", "3D000", "55000", "42501"})
    void isThatNoConnectionCouldBeHadWhateverTheLoginFailedOf(String state) {
        // Hikari's exception has the SQLState of the failed login.
        SQLException failed =
                new SQLTransientConnectionException("timed out", state, new SQLException("no login", state));

        assertThat(DatabaseOutage.causes(failed)).isTrue();
        assertThat(DatabaseOutage.causes(new CannotGetJdbcConnectionException("", failed)))
                .isTrue();
        assertThat(DatabaseOutage.causes(new CannotCreateTransactionException("", failed)))
                .isTrue();
    }

    @Test
    void isKnownByItsClassWhereThereIsNoState() {
        assertThat(DatabaseOutage.causes(new CannotCreateTransactionException("no connection")))
                .isTrue();
        assertThat(DatabaseOutage.causes(
                        new CannotGetJdbcConnectionException("", new SQLTransientConnectionException("pool"))))
                .isTrue();
        assertThat(DatabaseOutage.causes(new QueryTimeoutException("slow"))).isTrue();
    }

    @Test
    void isThatTheConnectionBrokeInTheTransaction() {
        // Hikari's exception has no state.
        SQLException closed = new SQLException("Connection is closed");
        assertThat(DatabaseOutage.causes(new TransactionSystemException("Could not roll back", closed)))
                .isTrue();
        assertThat(DatabaseOutage.causes(
                        new UncategorizedSQLException("insert", null, new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void isWhatFailedBeforeTheRollbackFailed() {
        TransactionSystemException rollback =
                new TransactionSystemException("Could not roll back", new IllegalStateException());
        rollback.initApplicationException(failed("57P01"));

        assertThat(DatabaseOutage.causes(rollback)).isTrue();
    }

    @Test
    void isNoConflictOfOurs() {
        assertThat(DatabaseOutage.causes(new OptimisticLockingFailureException("changed meanwhile")))
                .isFalse();
        assertThat(DatabaseOutage.causes(new IllegalStateException())).isFalse();
    }

    private static Exception failed(String state) {
        return new IllegalStateException(
                new DataAccessResourceFailureException("translated", new SQLException("refused", state)));
    }
}
