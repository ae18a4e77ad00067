package dev.herald.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Records the answers of one phase. Gatling records whole milliseconds only. */
final class Recorder {

    private long[] nanos = new long[4096];
    private int good;
    private long begin = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private final Map<String, Integer> failures = new TreeMap<>();

    synchronized void good(Span span) {
        if (good == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * good);
        }
        nanos[good++] = span.end() - span.begin();
        widen(span);
    }

    synchronized void failed(String why, Span span) {
        failures.merge(why, 1, Integer::sum);
        widen(span);
    }

    synchronized Figures figures() {
        return Figures.of(Arrays.copyOf(nanos, good), end - begin);
    }

    synchronized Map<String, Integer> failures() {
        return new TreeMap<>(failures);
    }

    private void widen(Span span) {
        begin = Math.min(begin, span.begin());
        end = Math.max(end, span.end());
    }
}
