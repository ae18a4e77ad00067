package dev.herald.benchmarks;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** Records the answers of one phase in nanoseconds, because Gatling records only whole milliseconds. */
final class Recorder {

    private final Queue<Span> good = new ConcurrentLinkedQueue<>();
    private final Queue<Span> all = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> failures = new ConcurrentSkipListMap<>();

    /** The times of a request and of its answer, in nanoseconds. */
    record Span(long begin, long end) {

        long nanos() {
            return end - begin;
        }
    }

    void good(Span span) {
        good.add(span);
        all.add(span);
    }

    void failed(String why, Span span) {
        failures.merge(why, 1, Integer::sum);
        all.add(span);
    }

    Figures figures() {
        long begin = all.stream().mapToLong(Span::begin).min().orElse(0);
        long end = all.stream().mapToLong(Span::end).max().orElse(0);
        return Figures.of(good.stream().mapToLong(Span::nanos).toArray(), end - begin);
    }

    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }
}
