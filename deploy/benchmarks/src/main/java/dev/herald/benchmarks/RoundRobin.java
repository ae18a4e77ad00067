package dev.herald.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Returns the given values in turn, again and again. */
final class RoundRobin<T> {

    private final List<T> things;
    private final AtomicInteger turn = new AtomicInteger();

    RoundRobin(List<T> things) {
        this.things = List.copyOf(things);
    }

    T next() {
        return things.get(Math.floorMod(turn.getAndIncrement(), things.size()));
    }
}
