package dev.herald.chaos;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Faults that happen together.
 *
 * @param lasts from the last of them until the first is repaired
 * @param calm from the last repair until the next strike
 */
record Strike(List<Fault> faults, Duration lasts, Duration calm) {

    /** Returns when everything is repaired. */
    void hit(Stage stage) throws InterruptedException {
        for (Fault fault : faults) {
            fault.begin(stage);
        }
        Thread.sleep(lasts);
        victims(Fault.Kind.PAUSE::equals).forEach(stage::resume);
        stage.start(victims(kind -> kind != Fault.Kind.PAUSE));
    }

    private List<Victim> victims(Predicate<Fault.Kind> kinds) {
        return faults.stream()
                .filter(fault -> kinds.test(fault.kind()))
                .map(Fault::victim)
                .toList();
    }

    @Override
    public String toString() {
        return "%s, for %.1f s"
                .formatted(faults.stream().map(Fault::toString).collect(joining(", ")), lasts.toMillis() / 1000.0);
    }
}
