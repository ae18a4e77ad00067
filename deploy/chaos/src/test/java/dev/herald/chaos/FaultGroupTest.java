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
                        new Fault(Target.GATEWAY, Fault.Kind.RESTART),
                        new Fault(Target.POSTGRES, Fault.Kind.KILL),
                        new Fault(Target.SMTP, Fault.Kind.PAUSE)),
                Duration.ZERO,
                Duration.ZERO);

        group.inject(suite);

        assertThat(suite.calls)
                .containsExactly(
                        "stop GATEWAY", "kill POSTGRES", "pause SMTP", "resume SMTP", "start [GATEWAY, POSTGRES]");
    }

    @Test
    void isReadable() {
        Fault fault = new Fault(Target.USER_SERVICE, Fault.Kind.KILL);

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
