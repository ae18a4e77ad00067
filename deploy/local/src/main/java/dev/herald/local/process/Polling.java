package dev.herald.local.process;

import static java.util.Collections.max;
import static java.util.Collections.min;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits for what another process does, by looking again and again. */
public final class Polling {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private Polling() {}

    /** Looks once. */
    @FunctionalInterface
    public interface Check<T> {
        T take() throws InterruptedException;
    }

    /** Waits until something has come true, and says whether it has within the limit. */
    public static boolean until(Check<Boolean> condition, Duration limit) throws InterruptedException {
        return forFirst(() -> Optional.of(condition.take()).filter(Boolean::booleanValue), limit)
                .isPresent();
    }

    /** Waits until something is there; empty if it is not within the limit. */
    public static <T> Optional<T> forFirst(Check<Optional<T>> check, Duration limit) throws InterruptedException {
        Instant begin = Instant.now();
        Optional<T> found = check.take();
        while (found.isEmpty() && Instant.now().isBefore(begin.plus(limit))) {
            Thread.sleep(pauseAfter(Duration.between(begin, Instant.now())));
            found = check.take();
        }
        return found;
    }

    /** Waits for the end of this process, which a shutdown hook that is at work will bring. */
    public static void untilExit() throws InterruptedException {
        Thread.sleep(Duration.ofDays(1));
    }

    /** A fiftieth of the wait so far: what comes soon is seen at once, and waiting long costs the waited for little. */
    private static Duration pauseAfter(Duration waited) {
        return max(List.of(SHORTEST_PAUSE, min(List.of(waited.dividedBy(50), LONGEST_PAUSE))));
    }
}
