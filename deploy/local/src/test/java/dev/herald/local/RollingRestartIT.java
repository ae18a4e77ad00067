package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Traffic.Answer;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Suite;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Instances are started and stopped without a failed request. */
@OnTheSharedSuite
@SlowTest
class RollingRestartIT {

    private static final Suite SUITE = withTheUsualLastCall();

    private static final List<String> INSTANCES =
            List.of("user-service", "user-service-2", "post-service", "post-service-2");

    /** The shared suite; instances that are started here have the default deregistration delay. */
    private static Suite withTheUsualLastCall() {
        Map<String, String> environment =
                new HashMap<>(SharedSuite.SUITE.settings().environment());
        environment.remove(TestSettings.DEREGISTRATION_DELAY);
        return new Suite(new Settings(environment));
    }

    @BeforeAll
    static void startTwoOfEach() throws InterruptedException {
        for (String service : List.of("user-service", "post-service")) {
            SUITE.restart(service);
            SUITE.scale(service, 2);
        }
    }

    @AfterAll
    static void scaleToOne() throws InterruptedException {
        for (String service : List.of("user-service", "post-service")) {
            SUITE.scale(service, 1);
            SharedSuite.SUITE.restart(service);
        }
    }

    @Test
    void noRequestFailsWhileEveryInstanceIsRestartedAndOnlyWritesUnderWayWhenOneIsKilled() throws InterruptedException {
        Traffic traffic = new Traffic(new Client(SUITE.settings()));
        List<Answer> restarting;
        Instant gone;
        try (traffic) {
            // A new instance is slow, so it must warm up before the restart.
            await().atMost(ofMinutes(3)).until(() -> nextAreGood(traffic));

            for (String instance : INSTANCES) {
                SUITE.restart(instance);
            }
            restarting = traffic.nextPart();
            assertThat(failed(restarting)).isEmpty();

            SUITE.kill("post-service-2");
            gone = Instant.now();
            // Until the registry and then the gateway have removed it.
            await().atMost(ofMinutes(1)).until(() -> traffic.count() > 500);
        }
        List<Answer> killing = traffic.nextPart();

        System.out.printf(
                "%d requests during 4 restarts, none failed; %d around a SIGKILL, failed: %s%n",
                restarting.size(), killing.size(), failed(killing));
        assertThat(failed(killing))
                .noneMatch(Answer::isRead)
                .allMatch(write -> write.sentAt().isBefore(gone));
    }

    private static boolean nextAreGood(Traffic traffic) {
        await().atMost(ofMinutes(1)).until(() -> traffic.count() >= 500);
        return failed(traffic.nextPart()).isEmpty();
    }

    private static List<Answer> failed(List<Answer> answers) {
        return answers.stream().filter(answer -> !answer.isGood()).toList();
    }
}
