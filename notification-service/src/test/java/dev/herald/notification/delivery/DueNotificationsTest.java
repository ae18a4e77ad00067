package dev.herald.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.delivery.DueNotifications.Queue;
import dev.herald.notification.notification.NotificationType;
import dev.herald.notification.notification.StoredNotifications;
import dev.herald.notification.notification.WelcomeEmails;
import dev.herald.notification.smtp.DeliveryFailure;
import dev.herald.notification.smtp.DeliveryFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

@NotificationServiceTest
class DueNotificationsTest {

    /** Pages of 8 KiB; a scan of the earlier rows would read some thousands. */
    private static final int FEW_BLOCKS = 300;

    @Autowired
    private DueNotifications due;

    @Autowired
    private DeliveryOutcomes outcomes;

    @Autowired
    private NotificationDispatcher dispatcher;

    @Autowired
    private WelcomeEmails welcomes;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionOperations transactions;

    @BeforeEach
    void stopTheService() {
        dispatcher.stop();
        jdbc.update("delete from email");
    }

    @AfterEach
    void startItAgain() {
        dispatcher.start();
    }

    @Test
    void givesEachEmailToOneSender() {
        UUID event = store("ada@example.com");

        assertThat(claim())
                .hasValueSatisfying(email -> assertThat(email.eventId()).isEqualTo(event));
        assertThat(claim()).isEmpty();
        assertThat(due.makeDue()).isFalse();
    }

    @Test
    void letsTheDomainsTakeTurns() {
        for (int i = 0; i < 3; i++) {
            store("ada@a.example");
        }
        store("Bob@B.example");
        store("nobody");

        String last = "";
        StringBuilder turns = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            last = due.claim(Queue.FIRST_ATTEMPTS, last, List.of())
                    .orElseThrow()
                    .domain();
            turns.append(last);
        }

        assertThat(turns).hasToString("@a.example@b.example@nobody");
        assertThat(due.claim(Queue.FIRST_ATTEMPTS, last, List.of())).isEmpty();
        assertThat(due.claim(Queue.FIRST_ATTEMPTS, "", List.of("@a.example"))).isEmpty();
        assertThat(due.claim(Queue.FIRST_ATTEMPTS, "", List.of())).isPresent();
    }

    @Test
    void keepsRetriesApartFromFirstAttempts() {
        store("ada@example.com");
        DueNotification first = claim().orElseThrow();
        outcomes.retry(first, failure(Kind.DEFERRED), Duration.ZERO);
        due.makeDue();

        assertThat(claim()).isEmpty();
        assertThat(due.claim(Queue.RETRIES, "", List.of()))
                .hasValueSatisfying(email -> assertThat(email.failures()).isOne());
    }

    @Test
    void givesTheEmailOfASenderThatDiedToAnother() {
        store("ada@example.com");
        assertThat(claim()).isPresent();

        passLease();

        assertThat(due.makeDue()).isTrue();
        assertThat(claim()).isPresent();
    }

    @Test
    void leavesARenewedClaimToItsSender() {
        store("ada@example.com");
        DueNotification email = claim().orElseThrow();
        passLease();

        due.renew(List.of(email));

        assertThat(due.makeDue()).isFalse();
    }

    @Test
    void recordsOnlySuccessForASenderThatLostItsClaim() {
        UUID event = store("ada@example.com");
        DueNotification lost = claim().orElseThrow();
        passLease();
        due.makeDue();
        DueNotification taken = claim().orElseThrow();

        outcomes.retry(lost, failure(Kind.DEFERRED), Duration.ZERO);
        outcomes.failed(lost, failure(Kind.REFUSED));
        outcomes.release(lost);
        due.renew(List.of(lost));
        assertThat(row(event)).containsEntry("attempts", 0).containsEntry("version", taken.version());

        outcomes.sent(lost, Instant.now());
        outcomes.failed(taken, failure(Kind.REFUSED));
        assertThat(row(event)).containsEntry("attempts", 1).containsEntry("status", "SENT");
    }

    @Test
    void readsWhatThePreviousReleaseStored() {
        jdbc.update("""
                insert into email (id, event_id, event_time, type, user_id, recipient, recipient_name, subject, status,
                        attempts, next_attempt_at, created_at, version)
                values (gen_random_uuid(), gen_random_uuid(), now(), 'WELCOME', gen_random_uuid(), 'ada@example.com', 'Ada',
                        'subject', 'PENDING', 0, now(), now(), 0)""");

        assertThat(claim()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Queue.class)
    void findsTheNextDomainsEmailBehindAHundredThousandOfAFullOne(Queue of) {
        vacuum();
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            int failures = of == Queue.RETRIES ? 1 : 0;
            storeMany("big.example", 100_000, "now() - interval '1 day'", failures, true);
            storeMany("small.example", 2, "now()", failures, true);
            jdbc.execute("analyze email");

            assertThat(blocksToClaim(of, List.of("@big.example"))).isLessThan(FEW_BLOCKS);
            assertThat(due.claim(of, "", List.of("@big.example")))
                    .hasValueSatisfying(email -> assertThat(email.domain()).isEqualTo("@small.example"));
        });
    }

    @ParameterizedTest
    @EnumSource(Queue.class)
    void findsTheNextEmailAmongTenThousandDomains(Queue of) {
        vacuum();
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            int failures = of == Queue.RETRIES ? 1 : 0;
            storeMany("' || number || '.example", 10_000, "now()", failures, true);
            jdbc.execute("analyze email");

            assertThat(blocksToClaim(of, List.of())).isLessThan(FEW_BLOCKS);
        });
    }

    @Test
    void findsWhatBecomesDueBesideAHundredThousandThatWait() {
        vacuum();
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            storeMany("example.com", 100_000, "now() + interval '1 hour'", 1, false);
            storeMany("example.com", 1, "now()", 1, false);
            jdbc.execute("analyze email");

            int blocks = blocks(JdbcClient.create(jdbc)
                    .sql("explain (analyze, buffers, format json) " + DueNotifications.MAKE_DUE)
                    .param("limit", 1_000));
            assertThat(blocks).isLessThan(FEW_BLOCKS);
        });
    }

    /** Removes the rows of transactions that were rolled back: a scan would count the blocks of their index entries. */
    private void vacuum() {
        jdbc.execute("vacuum email");
    }

    private int blocksToClaim(Queue of, List<String> full) {
        return blocks(JdbcClient.create(jdbc)
                .sql("explain (analyze, buffers, format json) " + of.claim)
                .param("after", "")
                .param("full", full.toArray(String[]::new))
                .param("types", NotificationType.NAMES.toArray(String[]::new))
                .param("lease", 30));
    }

    private static int blocks(JdbcClient.StatementSpec explain) {
        String plan = explain.query(String.class).single();
        return JsonMapper.shared()
                .readTree(plan)
                .get(0)
                .get("Plan")
                .get("Shared Hit Blocks")
                .asInt();
    }

    private void storeMany(String domain, int count, String nextAttemptAt, int failures, boolean dueNow) {
        // In batches, because a statement has a time limit.
        for (int stored = 0; stored < count; stored += 10_000) {
            jdbc.execute("""
                    insert into email (id, event_id, event_time, type, user_id, recipient, recipient_name, subject, status,
                            attempts, failures, due, next_attempt_at, created_at, version)
                    select gen_random_uuid(), gen_random_uuid(), now(), 'WELCOME', gen_random_uuid(),
                            'ada-' || number || '@%s', 'Ada', 'subject', 'PENDING', 0, %d, %s, %s, now(), 0
                    from generate_series(1, %d) number""".formatted(domain, failures, dueNow, nextAttemptAt, Math.min(count - stored, 10_000)));
        }
    }

    private Optional<DueNotification> claim() {
        return due.claim(Queue.FIRST_ATTEMPTS, "", List.of());
    }

    private void passLease() {
        jdbc.update("update email set next_attempt_at = now() - interval '1 second' where not due");
    }

    private UUID store(String address) {
        return StoredNotifications.welcome(welcomes, address);
    }

    private Map<String, @Nullable Object> row(UUID event) {
        return jdbc.queryForMap("select * from email where event_id = ?", event);
    }

    private static DeliveryFailure failure(Kind kind) {
        return DeliveryFailure.beforeSending(kind, new IllegalStateException("failed"));
    }
}
