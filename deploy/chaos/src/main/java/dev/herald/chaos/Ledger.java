package dev.herald.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Records the outcome of each write, as the client saw it. */
final class Ledger {

    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

    /** @param at the time of the last answer or timeout */
    record Entry(Write write, Outcome outcome, Instant at) {}

    void enter(Write write, Outcome outcome) {
        enter(write, outcome, Instant.now());
    }

    void enter(Write write, Outcome outcome, Instant at) {
        entries.add(new Entry(write, outcome, at));
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    long count(Class<? extends Outcome> kind) {
        return entries.stream().map(Entry::outcome).filter(kind::isInstance).count();
    }

    /** The longest period without an acknowledged write. */
    Duration longestSilence(Instant begin, Instant end) {
        List<Instant> times = Stream.concat(
                        Stream.of(begin, end),
                        entries.stream()
                                .filter(entry -> entry.outcome() instanceof Outcome.Acknowledged)
                                .map(Entry::at))
                .filter(at -> !at.isBefore(begin) && !at.isAfter(end))
                .sorted()
                .toList();
        Duration longest = Duration.ZERO;
        for (int next = 1; next < times.size(); next++) {
            Duration silence = Duration.between(times.get(next - 1), times.get(next));
            longest = silence.compareTo(longest) > 0 ? silence : longest;
        }
        return longest;
    }
}
