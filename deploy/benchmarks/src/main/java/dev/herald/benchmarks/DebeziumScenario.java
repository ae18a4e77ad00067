package dev.herald.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares the relay, of post-service, with Debezium, on user-service's database. For both it measures until a consumer has the events, and the
 * processor time of the publishing JVM and of its session at PostgreSQL. The launcher starts Kafka Connect for this scenario.
 */
final class DebeziumScenario {

    static final String NAME = "outbox-debezium";

    private static final int DRAINED = 20_000;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 15;
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final double NANOS = 1e9;

    private final Bench bench;
    private final Side relay;
    private final Side debezium;

    /**
     * @param session selects the id of the PostgreSQL process that serves the publisher
     * @param costs the processor time for 1,000 events, in seconds, in each round
     */
    private record Side(String topic, OutboxTable outbox, long publisher, String session, List<Double> costs) {}

    private DebeziumScenario(Bench bench) {
        this.bench = bench;
        Target target = bench.target();
        this.relay = new Side(
                "post-events",
                new OutboxTable(target.postsDatabase(), "outbox"),
                publisher("post-service"),
                "select pid from pg_stat_activity where application_name = 'outbox relay' and datname = 'posts'",
                new ArrayList<>());
        this.debezium = new Side(
                "user-events",
                new OutboxTable(target.usersDatabase(), "outbox", "user-events"),
                publisher("kafka-connect"),
                "select active_pid from pg_replication_slots where slot_name = 'herald_outbox_users'",
                new ArrayList<>());
    }

    private long publisher(String component) {
        Long pid = bench.target().processes().get(component);
        if (pid == null) {
            throw new BenchFailed("%s does not run. Give the scenario %s by name.".formatted(component, NAME));
        }
        return pid;
    }

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        DebeziumScenario comparison = new DebeziumScenario(bench);
        String steady = " at %d/s".formatted(PER_SECOND);
        List<Measured> measured =
                bench.inRounds(List.of("relay", "debezium", "relay" + steady, "debezium" + steady), comparison::round);
        return new Scenario.Outcome(
                measured,
                List.of(
                        Ratio.ofRates(measured.get(1), measured.get(0), Aim.NONE),
                        Ratio.ofTimes(measured.get(3), measured.get(2), Aim.NONE),
                        Ratio.ofSlowest(measured.get(3), measured.get(2), Aim.NONE)),
                List.of(comparison.cost("relay", comparison.relay), comparison.cost("debezium", comparison.debezium)));
    }

    private List<Figures> round() throws IOException, SQLException, InterruptedException {
        bench.say("publishing %,d events, then %d a second, by each".formatted(DRAINED, PER_SECOND));
        return List.of(drain(relay), drain(debezium), steady(relay), steady(debezium));
    }

    private String cost(String name, Side side) {
        // The first round is the warm-up.
        List<Double> rounds =
                side.costs().subList(1, side.costs().size()).stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "Processor time of 1,000 events, %s: %.2f s (%.2f to %.2f).",
                name,
                rounds.get(rounds.size() / 2),
                rounds.getFirst(),
                rounds.getLast());
    }

    private Figures drain(Side side) throws IOException, SQLException, InterruptedException {
        List<OutboxTable.Event> events = OutboxScenarios.drainedEvents(DRAINED);
        long session = side.outbox().database().number(side.session());
        double before = ProcessorTime.seconds(side.publisher()) + ProcessorTime.seconds(session);
        long begin = System.nanoTime();
        Map<String, Long> arrivals = publish(side, events, Duration.ZERO, new ConcurrentHashMap<>());
        double after = ProcessorTime.seconds(side.publisher()) + ProcessorTime.seconds(session);
        side.costs().add((after - before) * 1_000 / DRAINED);
        long last = arrivals.values().stream().mapToLong(Long::longValue).max().orElse(begin);
        return new Figures(DRAINED * NANOS / (last - begin), Double.NaN, Double.NaN);
    }

    private Figures steady(Side side) throws SQLException, InterruptedException {
        List<OutboxTable.Event> events = OutboxScenarios.drainedEvents(PER_SECOND * SECONDS);
        Map<String, Long> commits = new ConcurrentHashMap<>();
        long begin = System.nanoTime();
        Map<String, Long> arrivals = publish(side, events, Duration.ofSeconds(1).dividedBy(PER_SECOND), commits);
        long elapsed = System.nanoTime() - begin;
        // An event can arrive before its writer notes the commit.
        long[] waits = commits.entrySet().stream()
                .mapToLong(commit -> Math.max(0, arrivals.getOrDefault(commit.getKey(), 0L) - commit.getValue()))
                .toArray();
        return Figures.of(waits, elapsed);
    }

    /** Writes the events, waits until a consumer has them all, and returns their arrivals. */
    private Map<String, Long> publish(
            Side side, List<OutboxTable.Event> events, Duration interval, Map<String, Long> commits)
            throws SQLException, InterruptedException {
        try (TopicReader reader = new TopicReader(bench.target().kafka(), side.topic())) {
            side.outbox()
                    .write(events, interval, event -> commits.put(event.id().toString(), System.nanoTime()));
            Wait.until(
                    () -> reader.arrivals().size() >= events.size(),
                    POLL,
                    LIMIT,
                    "Not all events arrive on %s.".formatted(side.topic()));
            return Map.copyOf(reader.arrivals());
        }
    }
}
