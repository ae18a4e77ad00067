package dev.herald.local.process;

import static java.util.Collections.max;
import static java.util.Collections.min;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits for a condition outside this JVM by checking it repeatedly. */
public final class Polling {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private Polling() {}

    @FunctionalInterface
    public interface Check<T> {
        T take() throws InterruptedException;
    }

    public static boolean until(Check<Boolean> condition, Duration limit) throws InterruptedException {
        return forFirst(() -> Optional.of(condition.take()).filter(Boolean::booleanValue), limit)
                .isPresent();
    }

    /** Returns the first value that the check finds; empty if it finds none within the limit. */
    public static <T> Optional<T> forFirst(Check<Optional<T>> check, Duration limit) throws InterruptedException {
        Instant begin = Instant.now();
        Optional<T> found = check.take();
        while (found.isEmpty() && Instant.now().isBefore(begin.plus(limit))) {
            Thread.sleep(pauseAfter(Duration.between(begin, Instant.now())));
            found = check.take();
        }
        return found;
    }

    /** Blocks until the shutdown hook that is running has ended this process. */
    public static void untilExit() throws InterruptedException {
        Thread.sleep(Duration.ofDays(1));
    }

    /** A fiftieth of the time waited so far, so that short waits end quickly and long waits need little processor time. */
    private static Duration pauseAfter(Duration waited) {
        return max(List.of(SHORTEST_PAUSE, min(List.of(waited.dividedBy(50), LONGEST_PAUSE))));
    }
}
