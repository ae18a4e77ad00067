package dev.herald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.chaos.Evidence.Event;
import dev.herald.chaos.Evidence.Row;
import dev.herald.chaos.Outcome.Acknowledged;
import dev.herald.chaos.Outcome.Refused;
import dev.herald.chaos.Outcome.Unknown;
import dev.herald.chaos.Write.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test begins without violations, with one user whose name was changed, and one post. */
class ChaosResultTest {

    private static final String ADA = "Ada <ada@example.com>";
    private static final String KING = "Ada King <ada@example.com>";
    private static final String SINCE = "2026-01-05 09:30:00+00";
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final Ledger ledger = new Ledger();
    private final Map<String, Row> users = new HashMap<>();
    private final Map<String, Row> authors = new HashMap<>();
    private final Map<String, Row> posts = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private final List<Evidence.Email> mails = new ArrayList<>();
    private final List<FaultInjection> injections = new ArrayList<>();

    @BeforeEach
    void prepareWithoutViolations() {
        ledger.enter(Write.register(ADA), new Acknowledged("ada", 0));
        ledger.enter(Write.rename("ada", KING), new Acknowledged("ada", 1));
        ledger.enter(Write.post("ada", "Notes"), new Acknowledged("notes", 0));
        users.put("ada", new Row("ada", KING, SINCE, 1));
        authors.put("ada", new Row("ada", KING, SINCE, 1));
        posts.put("notes", new Row("notes", "Notes", SINCE, 0));
        events.add(user("e1", 0, ADA));
        events.add(user("e2", 1, KING));
        events.add(post("e3", 0, "Notes"));
        mails.add(new Evidence.Email("<e1@herald.example>", "ada@example.com", NOON));
    }

    @Test
    void isCleanWithoutViolations() {
        assertOnly();
        assertThat(result().isClean()).isTrue();
        assertThat(result().acknowledged()).isEqualTo(3);
        assertThat(result().lines()).hasSize(Invariant.values().length).allMatch(line -> line.endsWith(" 0"));
    }

    @Test
    void listsTheFirstTenViolations() {
        for (int number = 0; number < 12; number++) {
            ledger.enter(Write.register("user " + number), new Acknowledged("lost-" + number, 0));
        }

        assertThat(result().isClean()).isFalse();
        assertThat(result().lines())
                .anyMatch(line -> line.matches(" +acknowledged writes lost +12"))
                .anyMatch(line -> line.contains("acknowledged writes lost, the first of 12:"))
                .filteredOn(line -> line.contains("lost-") && line.contains("CREATE"))
                .hasSize(10);
    }

    @Test
    void reportsUnfinishedWork() {
        ChaosResult result = ChaosResult.on(ledger.entries(), evidence(), List.of("3 emails not sent"));

        assertThat(result.isClean()).isFalse();
        assertThat(result.violations(Invariant.UNFINISHED)).containsExactly("3 emails not sent");
    }

    @Nested
    class OfWrites {

        @Test
        void noticesAMissingRow() {
            posts.clear();
            events.removeLast();
            ledger.enter(Write.post("ada", "Never stored"), new Unknown("no answer"));

            assertOnly(Invariant.WRITES_LOST, Invariant.EVENTS_LOST);
        }

        @Test
        void noticesAnOldVersion() {
            ledger.enter(Write.replace("notes", "ada", "Notes, revised"), new Acknowledged("notes", 1));
            events.add(post("e4", 1, "Notes, revised"));

            assertThat(violations(Invariant.WRITES_LOST)).hasSize(1);
        }

        @Test
        void noticesAnotherContent() {
            posts.put("notes", new Row("notes", "Something else", SINCE, 0));

            assertThat(violations(Invariant.WRITES_LOST)).hasSize(1);
        }

        @Test
        void noticesALaterStateWithoutAWrite() {
            posts.put("notes", new Row("notes", "Something else", SINCE, 1));
            events.add(post("e4", 1, "Something else"));

            assertOnly(Invariant.WRITES_LOST);
        }

        @Test
        void acceptsALaterStateOfUnknownOutcome() {
            ledger.enter(Write.replace("notes", "ada", "Notes, revised"), new Unknown("no answer"));
            posts.put("notes", new Row("notes", "Notes, revised", SINCE, 1));
            events.add(post("e4", 1, "Notes, revised"));

            assertOnly();
        }

        @Test
        void acceptsALateWriteOfAnUnansweredRequest() {
            ledger.enter(Write.replace("notes", "ada", "Revised"), new Acknowledged("notes", 1, true));
            ledger.enter(Write.replace("notes", "ada", "Revised again"), new Acknowledged("notes", 2));
            posts.put("notes", new Row("notes", "Revised", SINCE, 3));
            events.add(post("e4", 1, "Revised"));
            events.add(post("e5", 2, "Revised again"));
            events.add(post("e6", 3, "Revised"));

            assertOnly();
        }

        @Test
        void noticesADeletionWithoutEffect() {
            ledger.enter(Write.remove("notes", "ada"), new Acknowledged("notes", Outcome.NO_VERSION));

            assertOnly(Invariant.WRITES_LOST, Invariant.EVENTS_LOST);
        }

        @Test
        void acceptsADeletion() {
            ledger.enter(Write.remove("notes", "ada"), new Acknowledged("notes", Outcome.NO_VERSION));
            posts.clear();
            events.add(post("e4", 1, ""));

            assertOnly();
        }

        @Test
        void acceptsThatThePostsOfADeletedUserAreDeleted() {
            ledger.enter(Write.leave("ada"), new Acknowledged("ada", Outcome.NO_VERSION));
            users.clear();
            authors.clear();
            posts.clear();
            events.add(user("e4", 2, ""));
            events.add(post("e5", 1, ""));

            assertOnly();
        }
    }

    @Nested
    class OfPostsThatWent {

        @BeforeEach
        void goes() {
            posts.clear();
            events.add(post("e4", 1, ""));
        }

        @Test
        void noticesThatNoClientAskedForIt() {
            assertOnly(Invariant.WRITES_LOST, Invariant.EVENTS_WITHOUT_WRITE);
        }

        @Test
        void noticesThatTheirAuthorHasStayed() {
            ledger.enter(Write.leave("ada"), new Unknown("no answer"));

            assertOnly(Invariant.WRITES_LOST, Invariant.EVENTS_WITHOUT_WRITE);
        }
    }

    @Nested
    class OfEvents {

        @Test
        void noticesAMissingOne() {
            events.removeIf(event -> event.id().equals("e1"));

            assertOnly(Invariant.EVENTS_LOST);
            assertThat(violations(Invariant.EVENTS_LOST)).containsExactly("ada, version 0");
        }

        @Test
        void noticesAMissingOneOfAWriteThatWasNotAcknowledged() {
            posts.put("late", new Row("late", "Late", SINCE, 0));

            assertOnly(Invariant.EVENTS_LOST);
        }

        @Test
        void noticesAMissingOneBeforeADeletion() {
            events.add(new Event("e4", Subject.USER, "bob", "", 2, ""));
            ledger.enter(Write.leave("bob"), new Unknown("no answer"));

            assertThat(violations(Invariant.EVENTS_LOST)).containsExactly("bob, version 0", "bob, version 1");
        }

        @Test
        void noticesADifferentContent() {
            events.set(0, user("e1", 0, "Eve <ada@example.com>"));

            assertOnly(Invariant.EVENTS_LOST);
        }

        @Test
        void noticesAWrongOrder() {
            events.add(events.removeFirst());

            assertOnly(Invariant.EVENTS_OUT_OF_ORDER);
        }

        @Test
        void noticesAVersionThatIsPublishedTwice() {
            events.add(user("e4", 1, KING));

            assertOnly(Invariant.EVENTS_OUT_OF_ORDER);
        }

        @Test
        void acceptsARepeat() {
            events.add(events.getFirst());

            assertOnly();
            assertThat(new PublishedEvents(new WriteOutcomes(ledger.entries()), evidence()).repeats())
                    .isEqualTo(1);
        }

        @Test
        void noticesAnEventOfAMissingUser() {
            events.add(new Event("e4", Subject.USER, "ghost", "", 0, "Ghost <ghost@example.com>"));

            assertOnly(Invariant.EVENTS_WITHOUT_WRITE);
        }

        @Test
        void noticesAnEventOfAMissingVersion() {
            events.add(user("e4", 2, "Lady Lovelace <ada@example.com>"));

            assertOnly(Invariant.EVENTS_WITHOUT_WRITE);
        }

        @Test
        void noticesADeletionWithoutARequest() {
            events.add(new Event("e4", Subject.USER, "bob", "", 0, "Bob <bob@example.com>"));
            events.add(new Event("e5", Subject.USER, "bob", "", 1, ""));

            assertThat(violations(Invariant.EVENTS_WITHOUT_WRITE)).hasSize(2);
        }

        @Test
        void noticesADeadLetter() {
            deadLetters.add("user-events.post-service.dlt user-events/3/17: java.lang.IllegalStateException");

            assertOnly(Invariant.EVENTS_SET_ASIDE);
        }

        @Test
        void noticesOneOfARefusedWrite() {
            ledger.enter(Write.register(ADA), new Refused("409 email-taken"));

            assertOnly(Invariant.EVENTS_WITHOUT_WRITE);
        }
    }

    @Nested
    class OfTheReadModel {

        @Test
        void noticesAMissingAuthor() {
            authors.clear();

            assertOnly(Invariant.READ_MODEL);
        }

        @Test
        void noticesAnAuthorTooMany() {
            authors.put("ghost", new Row("ghost", "Ghost <ghost@example.com>", SINCE, 0));

            assertOnly(Invariant.READ_MODEL);
        }

        @Test
        void noticesADifferenceInAnything() {
            for (Row other : List.of(
                    new Row("ada", ADA, SINCE, 1),
                    new Row("ada", KING, "2026-01-05 09:30:01+00", 1),
                    new Row("ada", KING, SINCE, 0))) {
                authors.put("ada", other);

                assertOnly(Invariant.READ_MODEL);
            }
        }
    }

    @Nested
    class OfEmails {

        @Test
        void noticesAMissingOne() {
            mails.clear();

            assertOnly(Invariant.EMAILS_LOST);
        }

        @Test
        void noticesASecondOne() {
            mails.add(new Evidence.Email("<e2@herald.example>", "ada@example.com", NOON));

            assertOnly(Invariant.EMAILS_DOUBLED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"notification-service", "notification-service-2", "smtp", "postgres"})
        void countsApartARepetitionAfterAFaultOnItsPath(String component) {
            repeat();
            injections.add(injection(new Target(component), NOON.plusSeconds(1)));

            assertOnly();
            assertThat(new DeliveredEmails(evidence()).repeats()).isEqualTo(1);
        }

        @Test
        void noticesARepetitionWithoutAFault() {
            repeat();

            assertOnly(Invariant.EMAILS_DOUBLED);
            assertThat(violations(Invariant.EMAILS_DOUBLED))
                    .containsExactly("ada@example.com <e1@herald.example> again");
        }

        @Test
        void noticesARepetitionAfterAFaultElsewhereOrAtAnotherTime() {
            repeat();
            injections.add(injection(new Target("kafka"), NOON));
            injections.add(injection(new Target("postgres"), NOON.minusSeconds(10)));
            injections.add(injection(new Target("postgres"), NOON.plusSeconds(10)));

            assertOnly(Invariant.EMAILS_DOUBLED);
            assertThat(new DeliveredEmails(evidence()).repeats()).isZero();
        }

        private void repeat() {
            mails.add(new Evidence.Email("<e1@herald.example>", "ada@example.com", NOON.plusSeconds(20)));
        }

        private FaultInjection injection(Target target, Instant begin) {
            FaultGroup group =
                    new FaultGroup(List.of(new Fault(target, Fault.Kind.KILL)), Duration.ofSeconds(5), Duration.ZERO);
            return new FaultInjection(group, begin, begin.plusSeconds(5));
        }
    }

    private void assertOnly(Invariant... invariants) {
        assertThat(Invariant.values())
                .filteredOn(question -> !violations(question).isEmpty())
                .containsExactly(invariants);
    }

    private List<String> violations(Invariant question) {
        return result().violations(question);
    }

    private ChaosResult result() {
        return ChaosResult.on(ledger.entries(), evidence(), List.of());
    }

    private Evidence evidence() {
        return new Evidence(users, authors, posts, events, deadLetters, mails, injections);
    }

    private static Event user(String id, long version, String mark) {
        return new Event(id, Subject.USER, "ada", "", version, mark);
    }

    private static Event post(String id, long version, String mark) {
        return new Event(id, Subject.POST, "notes", "ada", version, mark);
    }
}
