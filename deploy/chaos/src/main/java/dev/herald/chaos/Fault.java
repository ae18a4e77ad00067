package dev.herald.chaos;

import java.util.Locale;

record Fault(Target target, Kind kind) {

    enum Kind {
        KILL,
        PAUSE,
        RESTART
    }

    void begin(SuiteUnderTest suite) throws InterruptedException {
        switch (kind) {
            case KILL -> suite.kill(target);
            case PAUSE -> suite.pause(target);
            case RESTART -> suite.stop(target);
        }
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + target.component();
    }
}
