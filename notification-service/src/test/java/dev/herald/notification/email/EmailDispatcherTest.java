package dev.herald.notification.email;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.notification.email.ScriptedSmtp.Script;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionOperations;

@EmailTest
class EmailDispatcherTest {

    @Autowired
    private CircuitBreakerRegistry breakers;

    @Autowired
    private Clock clock;

    @Autowired
    private EmailDispatcher dispatcher;

    @Autowired
    private Emails emails;

    @Autowired
    private Traces traces;

    @Autowired
    private EmailSettings settings;

    @Autowired
    private EmailWriter writer;

    @Autowired
    private JavaMailSenderImpl mail;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Mailroom mailroom;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private RateLimiterRegistry rates;

    @Autowired
    private RetryPolicy retries;

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private TransactionOperations transactions;

    private @Nullable ScriptedSmtp scripted;

    @BeforeEach
    void forgetEverybody() {
        jdbc.update("delete from email");
        breaker().reset();
    }

    @AfterEach
    void restoreSmtp() {
        if (scripted != null) {
            scripted.close();
            smtp.start();
        }
    }

    @Nested
    class WhatSmtpRefusesForGood {

        @ParameterizedTest
        @CsvSource({"RCPT, 550 5.1.1 no such user", "RCPT, 553 5.1.3 no address", "., 554 5.7.1 spam"})
        void failsAtOnceAndDisturbsNobody(String command, String reply) {
            double failed = count("failed");
            Victim victim = new Victim();
            ScriptedSmtp server = smtpSays(victim.at(command, reply));

            UUID refused = store(victim.address);
            List<UUID> others = store(5);

            awaitStatus("SENT", others);
            awaitStatus("FAILED", List.of(refused));
            assertThat(delivery(refused)).containsEntry("attempts", 1).containsEntry("sent_at", null);
            assertThat(String.valueOf(delivery(refused).get("last_error"))).contains(reply);
            assertThat(others).allSatisfy(other -> assertThat(delivery(other)).containsEntry("attempts", 1));
            assertThat(server.recipients()).hasSize(5).doesNotContain(victim.address);
            assertThat(count("failed")).isEqualTo(failed + 1);
            assertThat(breaker().getState()).isEqualTo(State.CLOSED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ada",
                    "ada@",
                    "ada@example.com@example.com",
                    "Ada <ada@example.com>",
                    "all:ada@example.com,bob@example.com;",
                    "ada@example.com\r\nRCPT TO:<eve@example.com>",
                    "łada@example.com"
                })
        void includesWhatCannotBeAnAddress(String address) {
            UUID refused = store(address);
            UUID other = store(UserEvents.address(UUID.randomUUID()));

            awaitStatus("FAILED", List.of(refused));
            awaitStatus("SENT", List.of(other));
            assertThat(delivery(refused)).containsEntry("attempts", 1);
        }
    }

    @Nested
    class WhatSmtpRefusesForAWhile {

        @ParameterizedTest
        @CsvSource({"RCPT, 450 4.2.0 greylisted", "RCPT, 451 4.3.0 lookup failed", "., 452 4.3.1 disk full"})
        void isTriedAgainAndSentOnce(String command, String reply) {
            double retried = count("retried");
            AtomicInteger refusals = new AtomicInteger();
            Victim victim = new Victim();
            Script refusing = victim.at(command, reply);
            ScriptedSmtp server = smtpSays(said -> {
                String refusal = refusing.reply(said);
                return refusal != null && refusals.incrementAndGet() <= 2 ? refusal : null;
            });

            UUID deferred = store(victim.address);

            awaitStatus("SENT", List.of(deferred));
            assertThat(delivery(deferred)).containsEntry("attempts", 3).containsEntry("last_error", null);
            assertThat(server.recipients()).containsExactly(victim.address);
            assertThat(count("retried")).isEqualTo(retried + 2);
        }

        @Test
        void isGivenUpAfterTheLastAttempt() {
            Victim victim = new Victim();
            smtpSays(victim.at("RCPT", "450 4.2.0 never"));

            UUID deferred = store(victim.address);

            awaitStatus("FAILED", List.of(deferred));
            assertThat(delivery(deferred)).containsEntry("attempts", 5).containsEntry("sent_at", null);
            assertThat(breaker().getState()).isEqualTo(State.CLOSED);
        }

        @Test
        void isLeftAloneWhileTheOthersGoOnIfTheServerFallsSilentOverIt() {
            Victim victim = new Victim();
            ScriptedSmtp server = smtpSays(victim.at("RCPT", ScriptedSmtp.SILENCE));

            UUID slow = store(victim.address);
            List<UUID> others = store(20);

            awaitStatus("SENT", others);
            assertThat(delivery(slow)).containsEntry("status", "PENDING");

            server.follow(command -> null);
            awaitStatus("SENT", List.of(slow));
            assertThat(server.recipients()).hasSize(21).doesNotHaveDuplicates();
        }
    }

    @Nested
    class WhatSmtpTakesTooLongOver {

        @Test
        void isCountedAndTriedAgain() {
            ScriptedSmtp server = smtpSays(ScriptedSmtp.slowly(ofMillis(1_200)));

            UUID slow = store(1).getFirst();
            await().atMost(ofSeconds(30))
                    .until(() -> Integer.valueOf(1).equals(delivery(slow).get("attempts")));

            server.follow(command -> null);
            awaitStatus("SENT", List.of(slow));
            assertThat(delivery(slow)).containsEntry("attempts", 2);
            assertThat(server.recipients()).hasSize(1);
        }
    }

    @Nested
    class WhileSmtpIsUnavailable {

        @Test
        void emailsWaitAndAreSentOnceEachWhenItIsBack() throws MessagingException {
            smtp.stop();
            List<UUID> waiting;
            try {
                waiting = store(30);
                await().until(() -> breaker().getState() != State.CLOSED);
            } finally {
                smtp.start();
            }

            awaitStatus("SENT", waiting);
            assertThat(waiting).allSatisfy(email -> assertThat(delivery(email)).containsEntry("attempts", 1));
            assertSentOnceEach(waiting);
            await().until(() -> breaker().getState() == State.CLOSED);
        }

        @ParameterizedTest
        @CsvSource({
            "CONNECT, 554 5.3.2 go away",
            "CONNECT, 421 4.3.2 busy",
            "CONNECT, ''",
            "MAIL, 550 5.7.1 you may not",
            "MAIL, 530 5.7.0 log in first"
        })
        void noEmailIsBlamedAndFewAreTried(String command, String reply) {
            double retried = count("retried");
            double failed = count("failed");
            ScriptedSmtp server = smtpSays(said -> said.startsWith(command) ? reply : null);

            List<UUID> waiting = store(30);
            await().atMost(ofSeconds(30)).until(() -> breaker().getState() == State.OPEN);

            assertThat(waiting)
                    .allSatisfy(email -> assertThat(delivery(email))
                            .containsEntry("status", "PENDING")
                            .containsEntry("attempts", 0));
            assertThat(server.connections()).isLessThan(15);
            assertThat(count("retried")).isEqualTo(retried);
            assertThat(count("failed")).isEqualTo(failed);

            server.follow(said -> null);
            awaitStatus("SENT", waiting);
            assertThat(server.recipients()).hasSize(30).doesNotHaveDuplicates();
        }
    }

    @Nested
    class ThatItCannotEvenBeWritten {

        @Test
        void saysNothingOfSmtp() {
            breaker().transitionToOpenState();
            breaker().transitionToHalfOpenState();

            UUID refused = store("nobody");

            awaitStatus("FAILED", List.of(refused));
            assertThat(breaker().getState()).isEqualTo(State.HALF_OPEN);
            awaitStatus("SENT", store(1));
            await().until(() -> breaker().getState() == State.CLOSED);
        }
    }

    @Nested
    class ThatOnlyAnotherVersionKnows {

        @Test
        void isLeftToThatVersionWhileTheOthersGoOn() {
            jdbc.update("""
                    insert into email (id, event_id, event_time, type, user_id, recipient, recipient_name, subject, status,
                            attempts, next_attempt_at, created_at, version)
                    values (gen_random_uuid(), gen_random_uuid(), now(), 'LATER', gen_random_uuid(), 'ada@example.com', 'Ada',
                            'subject', 'PENDING', 0, '-infinity', now(), 0)""");

            awaitStatus("SENT", store(5));

            assertThat(jdbc.queryForMap("select status, attempts from email where type = 'LATER'"))
                    .containsEntry("status", "PENDING")
                    .containsEntry("attempts", 0);
        }
    }

    @Nested
    class WithADispatcherOfItsOwn {

        @BeforeEach
        void stopTheServices() {
            dispatcher.stop();
        }

        @AfterEach
        void startItAgain() {
            dispatcher.start();
        }

        @Test
        void sharesTheWorkWithAnotherReplicaSoThatEachEmailIsSentOnce() throws MessagingException {
            MeterRegistry ones = new SimpleMeterRegistry();
            MeterRegistry others = new SimpleMeterRegistry();
            List<UUID> stored = store(200);

            whileRunning(
                    dispatcher(rates, ones),
                    () -> whileRunning(dispatcher(rates, others), () -> awaitStatus("SENT", stored)));

            assertSentOnceEach(stored);
            assertThat(sent(ones)).isPositive();
            assertThat(sent(others)).isPositive();
            assertThat(sent(ones) + sent(others)).isEqualTo(200);
        }

        @Test
        void takesNoEmailBeforeTheRateAllowsIt() {
            List<UUID> stored = store(10);

            whileRunning(dispatcher(perHour(6), new SimpleMeterRegistry()), () -> {
                await().atMost(ofSeconds(30)).until(() -> withStatus("SENT", stored) == 6);
                assertThat(jdbc.queryForList("select attempts from email for update skip locked", Integer.class))
                        .as("rows that nobody holds")
                        .hasSize(10);
            });

            assertThat(withStatus("SENT", stored)).isEqualTo(6);
        }

        @Test
        void losesNoPermissionWhileThereIsNothingToSend() {
            whileRunning(dispatcher(perHour(10), new SimpleMeterRegistry()), () -> {
                // Idle workers look for work again and again.
                List<UUID> first = store(3);
                awaitStatus("SENT", first);
                List<UUID> second = store(7);
                awaitStatus("SENT", second);
            });
        }

        private RateLimiterRegistry perHour(int emails) {
            return RateLimiterRegistry.of(RateLimiterConfig.custom()
                    .limitForPeriod(emails)
                    .limitRefreshPeriod(Duration.ofHours(1))
                    .timeoutDuration(Duration.ofMillis(100))
                    .build());
        }

        private EmailDispatcher dispatcher(RateLimiterRegistry rates, MeterRegistry meters) {
            return new EmailDispatcher(
                    emails,
                    writer,
                    mail,
                    rates,
                    breakers,
                    retries,
                    new EmailMetrics(meters),
                    traces,
                    transactions,
                    clock,
                    settings);
        }

        private void whileRunning(EmailDispatcher dispatcher, Runnable work) {
            dispatcher.start();
            try {
                work.run();
            } finally {
                dispatcher.stop();
            }
        }

        private double sent(MeterRegistry meters) {
            return meters.get("herald.emails").tags("outcome", "sent").counters().stream()
                    .mapToDouble(counter -> counter.count())
                    .sum();
        }
    }

    @Test
    void findsWhatIsDueByItsIndexWithoutSorting() {
        List<String> plan = transactions.execute(transaction -> {
            // The table is too small here for the planner to care.
            jdbc.execute("set local enable_seqscan = off");
            jdbc.execute("set local enable_bitmapscan = off");
            return JdbcClient.create(jdbc)
                    .sql("explain " + Emails.NEXT_DUE)
                    .param("now", Timestamp.from(clock.instant()))
                    .param("types", EmailType.NAMES)
                    .query((row, number) -> row.getString(1))
                    .list();
        });

        assertThat(plan)
                .anyMatch(step -> step.contains("Index Scan using email_due"))
                .noneMatch(step -> step.contains("Sort"));
    }

    /** Somebody whose emails alone the server treats badly. */
    private static final class Victim {

        private final String address = "victim-" + UUID.randomUUID() + "@example.com";

        /** A reply to a command that concerns the victim: their {@code RCPT}, or what follows it on that connection. */
        private Script at(String command, String reply) {
            Map<Thread, Boolean> concerned = new HashMap<>();
            return said -> {
                synchronized (concerned) {
                    if (said.startsWith("RCPT")) {
                        concerned.put(Thread.currentThread(), said.contains(address));
                    }
                    return said.startsWith(command) && concerned.getOrDefault(Thread.currentThread(), false)
                            ? reply
                            : null;
                }
            };
        }
    }

    private ScriptedSmtp smtpSays(Script script) {
        ScriptedSmtp server = smtp.replacedBy(script);
        scripted = server;
        return server;
    }

    private CircuitBreaker breaker() {
        return breakers.circuitBreaker("smtp");
    }

    private double count(String outcome) {
        return meters.get("herald.emails")
                .tags("type", "welcome", "outcome", outcome)
                .counter()
                .count();
    }

    private List<UUID> store(int count) {
        return Stream.generate(() -> store(UserEvents.address(UUID.randomUUID())))
                .limit(count)
                .toList();
    }

    /** @return the event's id */
    private UUID store(String address) {
        UUID user = UUID.randomUUID();
        EventMetadata event = UserEvents.event("user.created", user, Instant.now());
        mailroom.welcome(new User(user, "Ada", address), event);
        return event.id();
    }

    private Map<String, @Nullable Object> delivery(UUID event) {
        return jdbc.queryForMap("select * from email where event_id = ?", event);
    }

    private void awaitStatus(String status, List<UUID> events) {
        await().atMost(ofSeconds(30)).until(() -> withStatus(status, events) == events.size());
    }

    private long withStatus(String status, List<UUID> events) {
        Long count = jdbc.queryForObject(
                "select count(*) from email where status = ? and event_id = any (?)",
                Long.class,
                status,
                events.toArray(UUID[]::new));
        return count == null ? 0 : count;
    }

    private void assertSentOnceEach(List<UUID> events) throws MessagingException {
        Map<String, Integer> copies = new HashMap<>();
        for (MimeMessage email : smtp.received()) {
            copies.merge(email.getMessageID(), 1, Integer::sum);
        }
        assertThat(events).allSatisfy(event -> assertThat(copies).containsEntry("<" + event + "@herald.example>", 1));
    }
}
