package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Traffic.Answer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Instances come and go, and nobody outside can tell. */
@OnTheSharedSuite
class RollingRestartIT {

    private static final Suite SUITE = SharedSuite.SUITE;

    private static final List<String> INSTANCES =
            List.of("user-service", "user-service-2", "post-service", "post-service-2");

    @BeforeAll
    static void scaleToTwo() throws InterruptedException {
        SUITE.scale("user-service", 2);
        SUITE.scale("post-service", 2);
    }

    @AfterAll
    static void scaleToOne() throws InterruptedException {
        SUITE.scale("user-service", 1);
        SUITE.scale("post-service", 1);
    }

    @Test
    void noRequestFailsWhileEveryInstanceIsRestartedAndOnlyWritesUnderWayWhenOneIsKilled() throws InterruptedException {
        Traffic traffic = new Traffic(new Client(SUITE.settings()));
        int restarting;
        Instant killed;
        try (traffic) {
            // What has only just been started is slow: nobody restarts it.
            await().atMost(ofMinutes(3)).until(() -> allAreGood(traffic, 500));
            traffic.forget();
            for (String instance : INSTANCES) {
                SUITE.restart(instance);
            }
            restarting = traffic.count();
            assertThat(traffic.failed()).isEmpty();

            killed = Instant.now();
            SUITE.kill("post-service-2");
            // Until the registry, and after it the gateway, has forgotten it.
            await().atMost(ofSeconds(30)).until(() -> traffic.count() > restarting + 500);
        }

        System.out.printf(
                "%d requests during 4 restarts, none failed; %d around a SIGKILL, failed: %s%n",
                restarting, traffic.count() - restarting, traffic.failed());
        assertThat(traffic.failed())
                .noneMatch(Answer::isRead)
                .allMatch(write -> write.sentAt().isBefore(killed.plusMillis(100)));
    }

    private static boolean allAreGood(Traffic traffic, int requests) {
        traffic.forget();
        await().atMost(ofMinutes(1)).until(() -> traffic.count() >= requests);
        return traffic.failed().isEmpty();
    }
}
