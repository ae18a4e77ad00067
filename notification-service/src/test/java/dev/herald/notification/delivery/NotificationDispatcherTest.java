package dev.herald.notification.delivery;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.notification.notification.StoredNotifications;
import dev.herald.notification.notification.WelcomeEmails;
import dev.herald.notification.smtp.EmailSettings;
import dev.herald.notification.smtp.ScriptedSmtp;
import dev.herald.notification.smtp.ScriptedSmtp.Script;
import dev.herald.notification.smtp.SmtpConnections;
import dev.herald.notification.smtp.SmtpServer;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@NotificationServiceTest
class NotificationDispatcherTest {

    @Autowired
    private CircuitBreakerRegistry breakers;

    @Autowired
    private Clock clock;

    @Autowired
    private DueNotifications due;

    @Autowired
    private DeliveryOutcomes outcomes;

    @Autowired
    private NotificationDispatcher dispatcher;

    @Autowired
    private Traces traces;

    @Autowired
    private EmailSettings settings;

    @Autowired
    private EmailWriter writer;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private WelcomeEmails welcomes;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private RateLimiterRegistry rates;

    @Autowired
    private RetryPolicy retries;

    @Autowired
    private SmtpServer smtp;

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
        void failsAtOnceWithoutDelayingOthers(String command, String reply) {
            double refusals = count("refused");
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
            assertThat(count("refused")).isEqualTo(refusals + 1);
            assertThat(count("failed")).isEqualTo(failed);
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
        @CsvSource({
            "RCPT, 450 4.2.0 greylisted",
            "RCPT, 451 4.3.0 lookup failed",
            "RCPT, 421 4.3.2 closing",
            "DATA, CLOSE",
            "., 452 4.3.1 disk full"
        })
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
        void isCountedIfItTakesTooLong() {
            Script slow = ScriptedSmtp.slowly(ofMillis(1_200));
            ScriptedSmtp server = smtpSays(said -> said.matches("(RCPT|DATA).*") ? slow.reply(said) : null);

            UUID deferred = store(1).getFirst();
            await().atMost(ofSeconds(30))
                    .until(() -> Integer.valueOf(1).equals(delivery(deferred).get("attempts")));

            server.follow(command -> null);
            awaitStatus("SENT", List.of(deferred));
            assertThat(delivery(deferred)).containsEntry("attempts", 2);
            assertThat(server.recipients()).hasSize(1);
        }
    }

    @Nested
    class TheRecipientsOfAProviderThatIsInTrouble {

        private static final String PROVIDER = "@provider.example";

        @ParameterizedTest
        @CsvSource({
            "RCPT, 421 4.3.2 closing",
            "RCPT, 450 4.2.0 greylisted",
            "RCPT, 451 4.7.1 greylisted",
            "RCPT, 452 4.2.2 mailbox full",
            "RCPT, CLOSE",
            "RCPT, ''",
            "DATA, 451 4.3.0 later",
            "., 451 4.3.0 later",
            "., CLOSE",
            "., ''"
        })
        void delayNoOthers(String command, String reply) {
            ScriptedSmtp server = smtpSays(new Victim(PROVIDER).at(command, reply));
            store(40, PROVIDER);
            await().until(() -> server.commands().stream().anyMatch(said -> said.contains(PROVIDER)));

            List<UUID> others = store(8);

            await().atMost(ofSeconds(10)).until(() -> withStatus("SENT", others) == 8);
            assertThat(others).allSatisfy(other -> assertThat(delivery(other)).containsEntry("attempts", 1));
            assertThat(breaker().getState()).isEqualTo(State.CLOSED);
            assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isZero();
        }

        @Test
        void delayNoOthersWhenTheyAreTriedAgain() {
            Victim victims = new Victim(PROVIDER);
            ScriptedSmtp server = smtpSays(victims.at("RCPT", "451 4.7.1 greylisted"));
            List<UUID> greylisted = store(40, PROVIDER);
            await().atMost(ofSeconds(30)).until(() -> attempts(greylisted) >= 40);

            server.follow(victims.at("RCPT", ScriptedSmtp.SILENCE));
            await().atMost(ofSeconds(30)).until(() -> victims.waiting() > 0);
            List<UUID> others = store(8);

            await().atMost(ofSeconds(10)).until(() -> withStatus("SENT", others) == 8);
        }

        @Test
        void haveFewSendersAtATime() {
            Victim victims = new Victim(PROVIDER);
            smtpSays(victims.at("RCPT", ScriptedSmtp.SILENCE));
            List<UUID> slow = store(12, PROVIDER);

            await().atMost(ofSeconds(30)).until(() -> attempts(slow) >= 8);

            assertThat(victims.mostAtATime())
                    .isBetween(settings.domainConcurrency(), settings.domainConcurrency() * 3 / 2);
        }

        @Test
        void delayNoOthersIfEachHasAnother() {
            ScriptedSmtp server = smtpSays(new Victim(".slow.example").at("RCPT", ScriptedSmtp.SILENCE));
            for (int i = 0; i < 12; i++) {
                store("ada@" + i + ".slow.example");
            }
            await().until(() -> server.commands().stream().anyMatch(said -> said.contains("slow.example")));

            List<UUID> others = store(8);

            awaitStatus("SENT", others);
            assertThat(jdbc.queryForObject("select sum(attempts) from email where recipient like '%slow%'", Long.class))
                    .as("attempts that had ended by then")
                    .isZero();
        }

        @Test
        void areNoProbesOfTheMailServer() {
            smtpSays(new Victim(PROVIDER).at("RCPT", ScriptedSmtp.SILENCE));
            breaker().transitionToOpenState();
            store(1, PROVIDER);
            breaker().transitionToHalfOpenState();

            await().atMost(ofSeconds(10)).until(() -> breaker().getState() == State.CLOSED);
        }
    }

    @Nested
    class WhatSmtpTakesWithoutAnAnswer {

        @ParameterizedTest
        @ValueSource(strings = {ScriptedSmtp.SILENCE, ScriptedSmtp.CLOSE, "nonsense"})
        void isSentAgainAfterHoursAndThenGivenUp(String reply) {
            double failed = count("failed");
            Victim victim = new Victim();
            ScriptedSmtp server = smtpSays(victim.at(".", reply));
            UUID unanswered = store(victim.address);

            for (int hours : List.of(1, 4)) {
                await().atMost(ofSeconds(30))
                        .until(() -> hoursToNextAttempt(unanswered), left -> left > hours - 0.1 && left <= hours);
                assertThat(delivery(unanswered)).containsEntry("status", "PENDING");
                letHoursPass();
            }

            awaitStatus("FAILED", List.of(unanswered));
            assertThat(delivery(unanswered)).containsEntry("attempts", 3);
            assertThat(server.received()).containsExactly(victim.address, victim.address, victim.address);
            assertThat(count("failed")).isEqualTo(failed + 1);
        }

        @Test
        void isSentAfterAllIfItIsAnsweredLater() {
            Victim victim = new Victim();
            ScriptedSmtp server = smtpSays(victim.at(".", ScriptedSmtp.CLOSE));
            UUID unanswered = store(victim.address);
            await().atMost(ofSeconds(30)).until(() -> hoursToNextAttempt(unanswered) > 0.9);

            server.follow(said -> null);
            letHoursPass();

            awaitStatus("SENT", List.of(unanswered));
            assertThat(delivery(unanswered)).containsEntry("attempts", 2).containsEntry("last_error", null);
        }

        private double hoursToNextAttempt(UUID event) {
            Double hours = jdbc.queryForObject(
                    "select extract(epoch from next_attempt_at - now()) / 3600 from email where event_id = ?",
                    Double.class,
                    event);
            return hours == null ? 0 : hours;
        }

        private void letHoursPass() {
            jdbc.update("update email set next_attempt_at = now() where not due");
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
            "CONNECT, CLOSE",
            "EHLO, CLOSE",
            "MAIL, 451 4.3.0 not now",
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
        void doesNotCountForTheBreaker() {
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
        void claimsNothingBeforeTheRateAllowsIt() {
            List<UUID> stored = store(10);

            whileRunning(dispatcher(perHour(6), new SimpleMeterRegistry()), () -> {
                await().atMost(ofSeconds(30)).until(() -> withStatus("SENT", stored) == 6);
                assertThat(jdbc.queryForObject("select count(*) from email where due", Integer.class))
                        .as("emails that no sender has claimed")
                        .isEqualTo(4);
            });

            assertThat(withStatus("SENT", stored)).isEqualTo(6);
        }

        @Test
        void losesNoPermissionWhileThereIsNothingToSend() {
            whileRunning(dispatcher(perHour(10), new SimpleMeterRegistry()), () -> {
                // Idle workers poll for work.
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

        @Test
        void countsWhatWaitsForAnAnswerAsUnansweredWhenItStops() {
            Victim victim = new Victim();
            ScriptedSmtp scripted = smtpSays(victim.at(".", ScriptedSmtp.SILENCE));
            UUID waiting = store(victim.address);
            NotificationDispatcher stopping = dispatcher(rates, new SimpleMeterRegistry());
            stopping.start();
            await().until(() -> !scripted.received().isEmpty());

            stopping.stop(Duration.ZERO);

            assertThat(delivery(waiting)).containsEntry("unanswered", 1).containsEntry("due", false);
        }

        @Test
        void recordsAnOutcomeWhenTheDatabaseIsBack() {
            UUID event = store("ada@example.com");
            AtomicInteger refusals = new AtomicInteger();
            DeliveryOutcomes unreliable = new DeliveryOutcomes(JdbcClient.create(jdbc)) {
                @Override
                void sent(DueNotification email, Instant now) {
                    if (refusals.incrementAndGet() <= 2) {
                        throw new QueryTimeoutException("away");
                    }
                    super.sent(email, now);
                }
            };

            whileRunning(
                    dispatcher(unreliable, rates, new SimpleMeterRegistry()),
                    () -> awaitStatus("SENT", List.of(event)));

            assertThat(delivery(event)).containsEntry("attempts", 1);
            assertThat(refusals).hasValue(3);
        }

        private NotificationDispatcher dispatcher(RateLimiterRegistry rates, MeterRegistry meters) {
            return dispatcher(outcomes, rates, meters);
        }

        private NotificationDispatcher dispatcher(
                DeliveryOutcomes outcomes, RateLimiterRegistry rates, MeterRegistry meters) {
            SmtpConnections connections = beans.createBean(SmtpConnections.class);
            NotificationDelivery delivery = new NotificationDelivery(
                    outcomes, writer, connections, retries, new DeliveryMetrics(meters), traces, clock);
            return new NotificationDispatcher(due, delivery, connections, rates, breakers, settings);
        }

        private void whileRunning(NotificationDispatcher dispatcher, Runnable work) {
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

    /** The one recipient, or domain, for which the server fails or is slow. */
    private static final class Victim {

        private final String address;
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger mostAtATime = new AtomicInteger();

        Victim() {
            this("victim-" + UUID.randomUUID() + "@example.com");
        }

        /** @param address a whole address, or its domain */
        Victim(String address) {
            this.address = address;
        }

        /** A reply to a command about this recipient: its {@code RCPT}, or a later command of that connection. */
        private Script at(String command, String reply) {
            Map<Thread, Boolean> concerned = new ConcurrentHashMap<>();
            return said -> {
                if (said.equals(ScriptedSmtp.END)) {
                    if (concerned.getOrDefault(Thread.currentThread(), false)) {
                        waiting.decrementAndGet();
                    }
                    return null;
                }
                if (said.startsWith("RCPT")) {
                    boolean concerns = said.contains(address + ">");
                    if (concerns && !concerned.getOrDefault(Thread.currentThread(), false)) {
                        mostAtATime.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                    }
                    concerned.put(Thread.currentThread(), concerns);
                }
                return said.startsWith(command) && concerned.getOrDefault(Thread.currentThread(), false) ? reply : null;
            };
        }

        /** Open conversations about the slow recipient. */
        private int waiting() {
            return waiting.get();
        }

        private int mostAtATime() {
            return mostAtATime.get();
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

    private List<UUID> store(int count, String domain) {
        return Stream.generate(() -> store(UUID.randomUUID() + domain))
                .limit(count)
                .toList();
    }

    /** @return the event's id */
    private UUID store(String address) {
        return StoredNotifications.welcome(welcomes, address);
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

    private long attempts(List<UUID> events) {
        Long attempts =
                jdbc.queryForObject("select sum(attempts) from email where event_id = any (?)", Long.class, (Object)
                        events.toArray(UUID[]::new));
        return attempts == null ? 0 : attempts;
    }

    private void assertSentOnceEach(List<UUID> events) throws MessagingException {
        Map<String, Integer> copies = new HashMap<>();
        for (MimeMessage email : smtp.received()) {
            copies.merge(email.getMessageID(), 1, Integer::sum);
        }
        assertThat(events).allSatisfy(event -> assertThat(copies).containsEntry("<" + event + "@herald.example>", 1));
    }
}
