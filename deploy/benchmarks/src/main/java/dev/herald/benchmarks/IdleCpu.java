package dev.herald.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/** Waits until what came before has died away: events that are still handled, a database that writes back. */
final class IdleCpu {

    private static final double QUIET = 0.15;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofSeconds(2);

    private IdleCpu() {}

    /** Returns the part of the processors that is taken all the same, 0 to 1. */
    static double await() throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Instant deadline = Instant.now().plus(LIMIT);
        // Every call says what was since the last: the sleep is what is measured.
        system.getCpuLoad();
        double load;
        do {
            Thread.sleep(STEP);
            load = system.getCpuLoad();
        } while (load > QUIET && Instant.now().isBefore(deadline));
        return load;
    }
}
