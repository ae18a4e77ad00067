package dev.herald.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The answers, each with what went wrong. */
public final class Verdict {

    private static final int SHOWN = 10;

    private final Map<Question, List<String>> wrongs = new EnumMap<>(Question.class);

    private final long acknowledged;

    private Verdict(long acknowledged) {
        this.acknowledged = acknowledged;
    }

    static Verdict on(List<Ledger.Entry> entries, Evidence evidence, List<String> unfinished) {
        Claims claims = new Claims(entries);
        PublishedEvents events = new PublishedEvents(claims, evidence);
        Mailboxes mailboxes = new Mailboxes(evidence);
        Verdict verdict = new Verdict(claims.count());
        verdict.wrongs.put(Question.WRITES_LOST, new StoredWrites(claims, evidence).lost());
        verdict.wrongs.put(Question.EVENTS_LOST, events.lost());
        verdict.wrongs.put(Question.EVENTS_WITHOUT_WRITE, events.withoutWrite());
        verdict.wrongs.put(Question.EVENTS_OUT_OF_ORDER, events.outOfOrder());
        verdict.wrongs.put(Question.EVENTS_SET_ASIDE, evidence.deadLetters());
        verdict.wrongs.put(Question.READ_MODEL, new ReadModel(evidence).differences());
        verdict.wrongs.put(Question.EMAILS_LOST, mailboxes.lost());
        verdict.wrongs.put(Question.EMAILS_DOUBLED, mailboxes.doubled());
        verdict.wrongs.put(Question.UNFINISHED, unfinished);
        return verdict;
    }

    List<String> wrongs(Question question) {
        return wrongs.getOrDefault(question, List.of());
    }

    /** How many acknowledged writes it is about. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Whether every answer is none. */
    public boolean isFlawless() {
        return wrongs.values().stream().allMatch(List::isEmpty);
    }

    /** The table, with the first ten of everything that went wrong below it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        wrongs.forEach((question, wrong) -> lines.add(Summary.row(question.text(), wrong.size())));
        wrongs.forEach((question, wrong) -> {
            if (!wrong.isEmpty()) {
                lines.add("");
                lines.add("  %s, the first of %d:".formatted(question.text(), wrong.size()));
                wrong.stream().limit(SHOWN).map("    "::concat).forEach(lines::add);
            }
        });
        return lines;
    }
}
