package dev.herald.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/** Waits until the processors are idle, so that earlier work, such as events and writes of the database, is done. */
final class IdleCpu {

    private static final double QUIET = 0.15;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofSeconds(2);

    private IdleCpu() {}

    /** Waits at most 30 s, and returns the last load of the processors, 0 to 1. */
    static double await() throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Instant deadline = Instant.now().plus(LIMIT);
        // Each call returns the load since the previous call.
        system.getCpuLoad();
        double load;
        do {
            Thread.sleep(STEP);
            load = system.getCpuLoad();
        } while (load > QUIET && Instant.now().isBefore(deadline));
        return load;
    }
}
