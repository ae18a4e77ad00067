package dev.herald.chaos;

import java.util.List;
import java.util.Locale;

record Fault(Target target, Kind kind) {

    enum Kind {
        KILL,
        PAUSE,
        RESTART,
        /** A broker loses its connection to the other brokers, or a service to all brokers. */
        CUT_OFF,
        /** The primary is killed, and its standby takes over. */
        FAIL_OVER;

        static final List<Kind> OF_A_PROCESS = List.of(KILL, PAUSE, RESTART);

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    void begin(SuiteUnderTest suite) throws InterruptedException {
        switch (kind) {
            case KILL -> suite.kill(target);
            case PAUSE -> suite.pause(target);
            case RESTART -> suite.stop(target);
            case CUT_OFF -> suite.cutOff(target);
            case FAIL_OVER -> suite.failOver(target);
        }
    }

    /** Ends the fault, unless the component has to be started. */
    void end(SuiteUnderTest suite) throws InterruptedException {
        switch (kind) {
            case PAUSE -> suite.resume(target);
            case CUT_OFF -> suite.reconnect(target);
            default -> {}
        }
    }

    boolean needsStart() {
        return kind != Kind.PAUSE && kind != Kind.CUT_OFF;
    }

    @Override
    public String toString() {
        return kind + " " + target;
    }
}
