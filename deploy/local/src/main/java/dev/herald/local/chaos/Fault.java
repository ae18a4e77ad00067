package dev.herald.local.chaos;

import java.util.Comparator;
import java.util.Locale;

/** What is done to one component. */
record Fault(Victim victim, Kind kind) {

    /** The order in which several are undone: what is frozen goes on first, then what is gone is started in its order. */
    static final Comparator<Fault> REPAIR =
            Comparator.comparing((Fault fault) -> fault.kind() != Kind.PAUSE).thenComparing(Fault::victim);

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

    void end(Stage stage) throws InterruptedException {
        if (kind == Kind.PAUSE) {
            stage.resume(victim);
        } else {
            stage.start(victim);
        }
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + victim.component();
    }
}
