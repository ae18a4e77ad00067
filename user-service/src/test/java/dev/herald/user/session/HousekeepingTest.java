package dev.herald.user.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.user.UserServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

@UserServiceTest
class HousekeepingTest {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private DataSource database;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private ScheduledTaskHolder schedules;

    @Test
    void deletesExpiredRowsOnly() {
        UUID live = session("now() + interval '1 day'", "null");
        UUID justEnded = session("now() + interval '1 day'", "now() - interval '1 hour'");
        UUID expired = session("now() - interval '1 second'", "null");
        UUID longEnded = session("now() + interval '1 day'", "now() - interval '2 hours'");
        token(live, "live", "now() + interval '1 day'");
        token(live, "over", "now() - interval '1 second'");
        token(expired, "of an expired session", "now() + interval '1 day'");
        answer("fresh", "now() - interval '23 hours'");
        answer("old", "now() - interval '25 hours'");
        key("retired_key (kid, retired_at)", "fresh", 24);
        key("retired_key (kid, retired_at)", "old", 26);
        key("withdrawn_key (kid, withdrawn_at)", "fresh", 24);
        key("withdrawn_key (kid, withdrawn_at)", "old", 26);

        await().atMost(ofSeconds(20)).untilAsserted(() -> {
            assertThat(jdbc.queryForList(
                            "select id from session where id in (?, ?, ?, ?)",
                            UUID.class,
                            live,
                            justEnded,
                            expired,
                            longEnded))
                    .containsExactlyInAnyOrder(live, justEnded);
            assertThat(jdbc.queryForList(
                            "select hash from refresh_token where session_id in (?, ?)", String.class, live, expired))
                    .containsExactly("live" + live);
            assertThat(jdbc.queryForList("select scope from idempotency where scope in ('fresh', 'old')", String.class))
                    .containsExactly("fresh");
            for (String table : List.of("retired_key", "withdrawn_key")) {
                assertThat(jdbc.queryForList(
                                "select kid from %s where kid in ('fresh', 'old')".formatted(table), String.class))
                        .containsExactly("fresh");
            }
        });
        assertThat(meters.get("herald.purged.rows")
                        .tag("table", "refresh_token")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void doesNotDelayOtherScheduledWork() throws SQLException {
        List<String> revocations = List.of("herald:revoked-sessions", "herald:revoked-sessions:complete");
        session("now() + interval '1 day'", "now()");
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local idle_in_transaction_session_timeout = 0");
            statement.execute("lock table session in share mode");
            await().atMost(ofSeconds(30))
                    .until(() -> jdbc.queryForObject(
                            "select exists (select from pg_locks where not granted)", Boolean.class));

            redis.delete(revocations);

            await().atMost(ofSeconds(4)).until(() -> redis.countExistingKeys(revocations) == 2);
        }
    }

    @Test
    void isDoneByOneReplicaAtATime() throws SQLException {
        UUID expired;
        try (Connection replica = database.getConnection();
                Statement statement = replica.createStatement()) {
            replica.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtext('herald.housekeeping'))");
            expired = session("now() - interval '1 second'", "null");

            runAsScheduled();

            assertThat(isThere(expired)).isTrue();
        }
        await().atMost(ofSeconds(20)).until(() -> !isThere(expired));
    }

    private void runAsScheduled() {
        assertThat(schedules.getScheduledTasks())
                .map(ScheduledTask::getTask)
                .filteredOn(task -> task.toString().endsWith("Housekeeping.run"))
                .hasSize(1)
                .allSatisfy(task -> task.getRunnable().run());
    }

    private boolean isThere(UUID session) {
        return !jdbc.queryForList("select id from session where id = ?", session)
                .isEmpty();
    }

    private UUID session(String expiry, String revocation) {
        UUID id = UUID.randomUUID();
        jdbc.update(
                "insert into session (id, user_id, created_at, expires_at, revoked_at) values (?, ?, now(), %s, %s)"
                        .formatted(expiry, revocation),
                id,
                UUID.randomUUID());
        return id;
    }

    private void token(UUID session, String name, String expiry) {
        jdbc.update(
                "insert into refresh_token (hash, session_id, expires_at) values (?, ?, %s)".formatted(expiry),
                name + session,
                session);
    }

    private void key(String columns, String kid, int hours) {
        jdbc.update("insert into %s values (?, now() - make_interval(hours => ?))".formatted(columns), kid, hours);
    }

    private void answer(String scope, String createdAt) {
        jdbc.update("""
                insert into idempotency (scope, fingerprint, status, body, created_at) values (?, '', 201, '{}', %s)
                """.formatted(createdAt), scope);
    }
}
