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
import org.junit.jupiter.params.provider.EnumSource;

/** Each begins with a world in which all is well: a user who has changed her name, and a post of hers. */
class VerdictTest {

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
    private final List<Mail> mails = new ArrayList<>();
    private final List<Blow> blows = new ArrayList<>();

    @BeforeEach
    void allIsWell() {
        ledger.enter(Write.register(ADA), new Acknowledged("ada", 0));
        ledger.enter(Write.rename("ada", KING), new Acknowledged("ada", 1));
        ledger.enter(Write.post("ada", "Notes"), new Acknowledged("notes", 0));
        users.put("ada", new Row("ada", KING, SINCE, 1));
        authors.put("ada", new Row("ada", KING, SINCE, 1));
        posts.put("notes", new Row("notes", "Notes", SINCE, 0));
        events.add(user("e1", 0, ADA));
        events.add(user("e2", 1, KING));
        events.add(post("e3", 0, "Notes"));
        mails.add(new Mail("<e1@herald.example>", "ada@example.com", NOON));
    }

    @Test
    void isFlawlessWhenAllIsWell() {
        assertOnly();
        assertThat(verdict().isFlawless()).isTrue();
        assertThat(verdict().acknowledged()).isEqualTo(3);
        assertThat(verdict().lines()).hasSize(Question.values().length).allMatch(line -> line.endsWith(" 0"));
    }

    @Test
    void namesTheFirstTenOfWhatWentWrong() {
        for (int number = 0; number < 12; number++) {
            ledger.enter(Write.register("user " + number), new Acknowledged("lost-" + number, 0));
        }

        assertThat(verdict().isFlawless()).isFalse();
        assertThat(verdict().lines())
                .anyMatch(line -> line.matches(" +acknowledged writes lost +12"))
                .anyMatch(line -> line.contains("acknowledged writes lost, the first of 12:"))
                .filteredOn(line -> line.contains("lost-") && line.contains("CREATE"))
                .hasSize(10);
    }

    @Test
    void tellsWhatIsUnfinished() {
        Verdict verdict = Verdict.on(ledger.entries(), evidence(), List.of("3 emails not sent"));

        assertThat(verdict.isFlawless()).isFalse();
        assertThat(verdict.wrongs(Question.UNFINISHED)).containsExactly("3 emails not sent");
    }

    @Nested
    class OfWrites {

        @Test
        void noticesAMissingRow() {
            posts.clear();
            events.removeLast();
            ledger.enter(Write.post("ada", "Never stored"), new Unknown("no answer"));

            assertOnly(Question.WRITES_LOST, Question.EVENTS_LOST);
        }

        @Test
        void noticesAnOldVersion() {
            ledger.enter(Write.replace("notes", "ada", "Notes, revised"), new Acknowledged("notes", 1));
            events.add(post("e4", 1, "Notes, revised"));

            assertThat(wrongs(Question.WRITES_LOST)).hasSize(1);
        }

        @Test
        void noticesAnotherContent() {
            posts.put("notes", new Row("notes", "Something else", SINCE, 0));

            assertThat(wrongs(Question.WRITES_LOST)).hasSize(1);
        }

        @Test
        void noticesALaterStateThatNobodyWrote() {
            posts.put("notes", new Row("notes", "Something else", SINCE, 1));
            events.add(post("e4", 1, "Something else"));

            assertOnly(Question.WRITES_LOST);
        }

        @Test
        void acceptsALaterStateOfUnknownOutcome() {
            ledger.enter(Write.replace("notes", "ada", "Notes, revised"), new Unknown("no answer"));
            posts.put("notes", new Row("notes", "Notes, revised", SINCE, 1));
            events.add(post("e4", 1, "Notes, revised"));

            assertOnly();
        }

        @Test
        void acceptsThatAnUnansweredRequestCameLate() {
            ledger.enter(Write.replace("notes", "ada", "Revised"), new Acknowledged("notes", 1, true));
            ledger.enter(Write.replace("notes", "ada", "Revised again"), new Acknowledged("notes", 2));
            posts.put("notes", new Row("notes", "Revised", SINCE, 3));
            events.add(post("e4", 1, "Revised"));
            events.add(post("e5", 2, "Revised again"));
            events.add(post("e6", 3, "Revised"));

            assertOnly();
        }

        @Test
        void noticesADeletionThatCameToNothing() {
            ledger.enter(Write.remove("notes", "ada"), new Acknowledged("notes", Outcome.NO_VERSION));

            assertOnly(Question.WRITES_LOST, Question.EVENTS_LOST);
        }

        @Test
        void acceptsADeletion() {
            ledger.enter(Write.remove("notes", "ada"), new Acknowledged("notes", Outcome.NO_VERSION));
            posts.clear();
            events.add(post("e4", 1, ""));

            assertOnly();
        }

        @Test
        void acceptsThatADeletedUsersPostsGoToo() {
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
        void noticesThatNobodyAskedForIt() {
            assertOnly(Question.WRITES_LOST, Question.EVENTS_WITHOUT_WRITE);
        }

        @Test
        void noticesThatTheirAuthorHasStayed() {
            ledger.enter(Write.leave("ada"), new Unknown("no answer"));

            assertOnly(Question.WRITES_LOST, Question.EVENTS_WITHOUT_WRITE);
        }
    }

    @Nested
    class OfEvents {

        @Test
        void noticesAMissingOne() {
            events.removeIf(event -> event.id().equals("e1"));

            assertOnly(Question.EVENTS_LOST);
            assertThat(wrongs(Question.EVENTS_LOST)).containsExactly("ada, version 0");
        }

        @Test
        void noticesAMissingOneOfAWriteThatWasNotAcknowledged() {
            posts.put("late", new Row("late", "Late", SINCE, 0));

            assertOnly(Question.EVENTS_LOST);
        }

        @Test
        void noticesAMissingOneBeforeADeletion() {
            events.add(new Event("e4", Subject.USER, "bob", "", 2, ""));
            ledger.enter(Write.leave("bob"), new Unknown("no answer"));

            assertThat(wrongs(Question.EVENTS_LOST)).containsExactly("bob, version 0", "bob, version 1");
        }

        @Test
        void noticesOneThatTellsSomethingElse() {
            events.set(0, user("e1", 0, "Eve <ada@example.com>"));

            assertOnly(Question.EVENTS_LOST);
        }

        @Test
        void noticesAWrongOrder() {
            events.add(events.removeFirst());

            assertOnly(Question.EVENTS_OUT_OF_ORDER);
        }

        @Test
        void noticesAVersionThatIsToldTwice() {
            events.add(user("e4", 1, KING));

            assertOnly(Question.EVENTS_OUT_OF_ORDER);
        }

        @Test
        void acceptsARepeat() {
            events.add(events.getFirst());

            assertOnly();
            assertThat(new PublishedEvents(new Claims(ledger.entries()), evidence()).repeats())
                    .isEqualTo(1);
        }

        @Test
        void noticesOneOfSomebodyWhoIsNotThere() {
            events.add(new Event("e4", Subject.USER, "ghost", "", 0, "Ghost <ghost@example.com>"));

            assertOnly(Question.EVENTS_WITHOUT_WRITE);
        }

        @Test
        void noticesOneOfAVersionThatIsNotThere() {
            events.add(user("e4", 2, "Lady Lovelace <ada@example.com>"));

            assertOnly(Question.EVENTS_WITHOUT_WRITE);
        }

        @Test
        void noticesADeletionThatNobodyAskedFor() {
            events.add(new Event("e4", Subject.USER, "bob", "", 0, "Bob <bob@example.com>"));
            events.add(new Event("e5", Subject.USER, "bob", "", 1, ""));

            assertThat(wrongs(Question.EVENTS_WITHOUT_WRITE)).hasSize(2);
        }

        @Test
        void noticesOneThatAConsumerHasGivenUp() {
            deadLetters.add("user-events.post-service.dlt user-events/3/17: java.lang.IllegalStateException");

            assertOnly(Question.EVENTS_SET_ASIDE);
        }

        @Test
        void noticesOneOfARefusedWrite() {
            ledger.enter(Write.register(ADA), new Refused("409 email-taken"));

            assertOnly(Question.EVENTS_WITHOUT_WRITE);
        }
    }

    @Nested
    class OfTheReadModel {

        @Test
        void noticesAMissingAuthor() {
            authors.clear();

            assertOnly(Question.READ_MODEL);
        }

        @Test
        void noticesAnAuthorTooMany() {
            authors.put("ghost", new Row("ghost", "Ghost <ghost@example.com>", SINCE, 0));

            assertOnly(Question.READ_MODEL);
        }

        @Test
        void noticesADifferenceInAnything() {
            for (Row other : List.of(
                    new Row("ada", ADA, SINCE, 1),
                    new Row("ada", KING, "2026-01-05 09:30:01+00", 1),
                    new Row("ada", KING, SINCE, 0))) {
                authors.put("ada", other);

                assertOnly(Question.READ_MODEL);
            }
        }
    }

    @Nested
    class OfEmails {

        @Test
        void noticesAMissingOne() {
            mails.clear();

            assertOnly(Question.EMAILS_LOST);
        }

        @Test
        void noticesASecondOne() {
            mails.add(new Mail("<e2@herald.example>", "ada@example.com", NOON));

            assertOnly(Question.EMAILS_DOUBLED);
        }

        @ParameterizedTest
        @EnumSource(names = {"NOTIFICATION_SERVICE", "SMTP", "POSTGRES"})
        void countsApartWhatCameAgainAfterABlowOnItsWay(Victim victim) {
            comesAgain();
            blows.add(blow(victim, NOON.plusSeconds(1)));

            assertOnly();
            assertThat(new Mailboxes(evidence()).repeats()).isEqualTo(1);
        }

        @Test
        void noticesWhatCameAgainAlthoughNothingHadBroken() {
            comesAgain();

            assertOnly(Question.EMAILS_DOUBLED);
            assertThat(wrongs(Question.EMAILS_DOUBLED)).containsExactly("ada@example.com <e1@herald.example> again");
        }

        @Test
        void noticesWhatCameAgainAfterABlowElsewhereOrAtAnotherTime() {
            comesAgain();
            blows.add(blow(Victim.KAFKA, NOON));
            blows.add(blow(Victim.POSTGRES, NOON.minusSeconds(10)));
            blows.add(blow(Victim.POSTGRES, NOON.plusSeconds(10)));

            assertOnly(Question.EMAILS_DOUBLED);
            assertThat(new Mailboxes(evidence()).repeats()).isZero();
        }

        private void comesAgain() {
            mails.add(new Mail("<e1@herald.example>", "ada@example.com", NOON.plusSeconds(20)));
        }

        private Blow blow(Victim victim, Instant begin) {
            Strike strike =
                    new Strike(List.of(new Fault(victim, Fault.Kind.KILL)), Duration.ofSeconds(5), Duration.ZERO);
            return new Blow(strike, begin, begin.plusSeconds(5));
        }
    }

    private void assertOnly(Question... questions) {
        assertThat(Question.values())
                .filteredOn(question -> !wrongs(question).isEmpty())
                .containsExactly(questions);
    }

    private List<String> wrongs(Question question) {
        return verdict().wrongs(question);
    }

    private Verdict verdict() {
        return Verdict.on(ledger.entries(), evidence(), List.of());
    }

    private Evidence evidence() {
        return new Evidence(users, authors, posts, events, deadLetters, mails, blows);
    }

    private static Event user(String id, long version, String mark) {
        return new Event(id, Subject.USER, "ada", "", version, mark);
    }

    private static Event post(String id, long version, String mark) {
        return new Event(id, Subject.POST, "notes", "ada", version, mark);
    }
}
