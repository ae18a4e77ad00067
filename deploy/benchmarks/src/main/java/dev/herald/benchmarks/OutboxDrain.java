package dev.herald.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The outbox relay of user-service: its speed, compared with writing the rows alone, and the waiting time of an event at a steady rate. No
 * consumer handles events of this type; they stay on their topic.
 */
final class OutboxDrain implements Scenario {

    private static final int EVENTS = 20_000;
    private static final int PER_SECOND = 200;
    private static final int STEADY_SECONDS = 15;
    private static final double NANOS = 1e9;

    @Override
    public String name() {
        return "outbox-drain";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        Database database = bench.target().usersDatabase();
        OutboxTable outbox = new OutboxTable(database, "outbox");
        OutboxTable alone = OutboxTable.withoutRelay(database);
        List<Figures> writing = new ArrayList<>();
        List<Figures> relaying = new ArrayList<>();
        List<Figures> steady = new ArrayList<>();
        try {
            // A round before the first is the warm-up.
            for (int round = 0; round <= bench.rounds(); round++) {
                bench.say("writing and relaying %,d events, then %d a second".formatted(EVENTS, PER_SECOND));
                Figures written = rate(alone.write(events(EVENTS)));
                Figures relayed = drain(outbox);
                Figures waited = outbox.relay(events(PER_SECOND * STEADY_SECONDS), PER_SECOND, bench);
                if (round > 0) {
                    writing.add(written);
                    relaying.add(relayed);
                    steady.add(waited);
                }
            }
        } finally {
            alone.drop();
        }
        Measured bound = new Measured("rows written alone", writing, Map.of());
        Measured drained = new Measured("outbox-drain", relaying, Map.of());
        Measured atRate = new Measured("outbox at %d/s".formatted(PER_SECOND), steady, Map.of());
        return new Outcome(
                List.of(bound, drained, atRate),
                List.of(
                        Ratio.of(
                                "last acknowledgement to rows written alone, time",
                                bound,
                                Figures::perSecond,
                                drained,
                                Figures::perSecond,
                                Aim.atMost(1.3)),
                        Ratio.ofMillis("outbox at %d/s, p99 in ms".formatted(PER_SECOND), atRate, Figures::p99, 25)));
    }

    private static Figures drain(OutboxTable outbox) throws Exception {
        long begin = System.nanoTime();
        outbox.write(events(EVENTS));
        outbox.awaitRelayed("bench");
        return rate(System.nanoTime() - begin);
    }

    private static Figures rate(long nanos) {
        return new Figures(EVENTS * NANOS / nanos, Double.NaN, Double.NaN);
    }

    /** As large as the event of a registration. */
    private static List<OutboxEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> UUID.randomUUID())
                .map(id -> new OutboxEvent(
                        id,
                        "bench.written",
                        "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(id, "One of very many. ".repeat(8))))
                .toList();
    }
}
