package dev.herald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrikeTest {

    private final Recorder stage = new Recorder();

    @Test
    void undoesWhatItHasDone() throws Exception {
        Strike strike = new Strike(
                List.of(
                        new Fault(Victim.GATEWAY, Fault.Kind.RESTART),
                        new Fault(Victim.POSTGRES, Fault.Kind.KILL),
                        new Fault(Victim.SMTP, Fault.Kind.PAUSE)),
                Duration.ZERO,
                Duration.ZERO);

        strike.hit(stage);

        assertThat(stage.calls)
                .containsExactly(
                        "stop GATEWAY", "kill POSTGRES", "pause SMTP", "resume SMTP", "start [GATEWAY, POSTGRES]");
    }

    @Test
    void saysWhatItDoes() {
        Fault fault = new Fault(Victim.USER_SERVICE, Fault.Kind.KILL);

        assertThat(new Strike(List.of(fault), Duration.ofMillis(2_340), Duration.ZERO))
                .hasToString("kill user-service, for 2.3 s");
    }

    private static final class Recorder implements Stage {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void kill(Victim victim) {
            calls.add("kill " + victim);
        }

        @Override
        public void pause(Victim victim) {
            calls.add("pause " + victim);
        }

        @Override
        public void resume(Victim victim) {
            calls.add("resume " + victim);
        }

        @Override
        public void stop(Victim victim) {
            calls.add("stop " + victim);
        }

        @Override
        public void start(List<Victim> victims) {
            calls.add("start " + victims);
        }

        @Override
        public boolean isRunning(Victim victim) {
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
