package dev.herald.chaos;

import java.util.Locale;

/** What is done to one component. */
record Fault(Victim victim, Kind kind) {

    enum Kind {
        KILL,
        PAUSE,
        RESTART
    }

    void begin(Stage stage) throws InterruptedException {
        switch (kind) {
            case KILL -> stage.kill(victim);
            case PAUSE -> stage.pause(victim);
            case RESTART -> stage.stop(victim);
        }
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + victim.component();
    }
}
