package dev.herald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultGroupTest {

    private final Recorder suite = new Recorder();

    @Test
    void repairsEveryFault() throws Exception {
        FaultGroup group = new FaultGroup(
                List.of(
                        new Fault(new Target("gateway"), Fault.Kind.RESTART),
                        new Fault(new Target("postgres"), Fault.Kind.KILL),
                        new Fault(new Target("smtp"), Fault.Kind.PAUSE)),
                Duration.ZERO,
                Duration.ZERO);

        group.inject(suite);

        assertThat(suite.calls)
                .containsExactly(
                        "stop gateway", "kill postgres", "pause smtp", "resume smtp", "start [gateway, postgres]");
    }

    @Test
    void repairsTheFaultsOfACluster() throws InterruptedException {
        FaultGroup group = new FaultGroup(
                List.of(
                        new Fault(new Target("kafka-2"), Fault.Kind.CUT_OFF),
                        new Fault(new Target("postgres"), Fault.Kind.FAIL_OVER)),
                Duration.ZERO,
                Duration.ZERO);

        group.inject(suite);

        assertThat(suite.calls)
                .containsExactly("cut off kafka-2", "fail over postgres", "reconnect kafka-2", "start [postgres]");
    }

    @Test
    void isReadable() {
        Fault fault = new Fault(new Target("user-service"), Fault.Kind.KILL);

        assertThat(new FaultGroup(List.of(fault), Duration.ofMillis(2_340), Duration.ZERO))
                .hasToString("kill user-service, for 2.3 s");
    }

    private static final class Recorder implements SuiteUnderTest {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void kill(Target target) {
            calls.add("kill " + target);
        }

        @Override
        public void pause(Target target) {
            calls.add("pause " + target);
        }

        @Override
        public void resume(Target target) {
            calls.add("resume " + target);
        }

        @Override
        public void cutOff(Target target) {
            calls.add("cut off " + target);
        }

        @Override
        public void reconnect(Target target) {
            calls.add("reconnect " + target);
        }

        @Override
        public void failOver(Target target) {
            calls.add("fail over " + target);
        }

        @Override
        public void stop(Target target) {
            calls.add("stop " + target);
        }

        @Override
        public void start(List<Target> targets) {
            calls.add("start " + targets);
        }

        @Override
        public boolean isRunning(Target target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public URI gateway() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection database(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String kafka() {
            throw new UnsupportedOperationException();
        }
    }
}
