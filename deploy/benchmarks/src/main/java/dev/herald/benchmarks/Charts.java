package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures the cost at growing amounts of work, and draws charts: a bend would show where the cost does not stay in proportion. */
final class Charts {

    private static final List<Integer> CLIENTS = List.of(1, 4, 16, 64, 256);
    private static final List<Integer> ROWS = List.of(1_000, 10_000, 100_000, Rows.MILLION);
    private static final List<Integer> AGGREGATES = List.of(1, 4, 16, 64);
    private static final List<Integer> EMAILS = List.of(100, 300, 1_000, 3_000);
    private static final List<Integer> REVOKED = List.of(0, 25_000, 50_000, 75_000, 100_000);
    private static final int EVENTS = 2_000;

    private final Scenario scenario;
    private final Bench bench;
    private final List<Measured> measured = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();

    private Charts(Scenario scenario, Bench bench) {
        this.scenario = scenario;
        this.bench = bench;
    }

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        Charts charts = new Charts(scenario, bench);
        charts.reads();
        charts.outbox();
        charts.emails();
        charts.revocations();
        charts.lists();
        return new Scenario.Outcome(charts.measured, List.of(), List.of("Charts: %s.".formatted(charts.written())));
    }

    private Path written() throws IOException {
        Path folder = Files.createDirectories(bench.target().reports().resolve("charts"));
        for (Chart chart : charts) {
            Files.writeString(folder.resolve(chart.file() + ".svg"), chart.svg());
        }
        return folder;
    }

    private void reads() throws Exception {
        List<String> tokens = bench.accounts().signIn();
        List<String> addresses = bench.accounts().paths().stream()
                .map(path -> bench.target().userService() + path)
                .toList();
        List<Measured> reads = bench.measure(
                scenario,
                CLIENTS.stream()
                        .map(clients -> Requests.reading(clients + " clients", clients, addresses, tokens))
                        .toArray(Load[]::new));
        draw("reads", "Reads of a cached user, a second", "clients", CLIENTS, reads, Figures::perSecond);
        draw("reads-p99", "Reads of a cached user, p99 in ms", "clients", CLIENTS, reads, Figures::p99);
    }

    private void lists() throws Exception {
        List<String> tokens = bench.accounts().signIn();
        String address = bench.target().userService() + "/api/users?limit=20";
        List<Measured> lists = bench.measure(
                scenario,
                ROWS.stream()
                        .map(rows -> new PreparedLoad(
                                bench.reading("list of %,d users".formatted(rows), address, tokens),
                                () -> bench.userRows().load(rows)))
                        .toArray(Load[]::new));
        draw("lists", "First page of the users, p50 in ms", "users", ROWS, lists, Figures::p50);
    }

    private void outbox() throws Exception {
        OutboxTable outbox = new OutboxTable(bench.target().usersDatabase(), "outbox");
        List<Measured> relayed = bench.inRounds(names("%d aggregates", AGGREGATES), () -> {
            List<Figures> rates = new ArrayList<>();
            for (int aggregates : AGGREGATES) {
                bench.say("relaying %,d events of %d aggregates".formatted(EVENTS, aggregates));
                rates.add(OutboxScenarios.drainRate(outbox, eventsOf(aggregates)));
            }
            return rates;
        });
        draw("outbox", "Events relayed to Kafka, a second", "aggregates", AGGREGATES, relayed, Figures::perSecond);
    }

    private static List<OutboxTable.Event> eventsOf(int aggregates) {
        RoundRobin<UUID> ids = new RoundRobin<>(
                Stream.generate(UUID::randomUUID).limit(aggregates).toList());
        return Stream.generate(() -> new OutboxTable.Event(ids.next(), "bench.written", "{}"))
                .limit(EVENTS)
                .toList();
    }

    private void emails() throws Exception {
        List<Measured> sent = bench.inRounds(names("%,d emails", EMAILS), () -> {
            List<Figures> rates = new ArrayList<>();
            for (int emails : EMAILS) {
                bench.say("%,d emails at once".formatted(emails));
                rates.add(EmailScenario.of(bench).measure(emails, Duration.ZERO));
            }
            return rates;
        });
        draw("emails", "Emails sent, a second", "emails in the queue", EMAILS, sent, Figures::perSecond);
    }

    /** Measures without rounds, because a revocation cannot be undone. */
    private void revocations() throws IOException, SQLException, InterruptedException {
        try (RevokedSessions sessions = new RevokedSessions(bench)) {
            ProcessHandle gateway =
                    ResidentMemory.running(bench.target().gatewayProgram().command());
            List<Chart.Point> points = new ArrayList<>();
            for (int revoked : REVOKED) {
                bench.say("%,d sessions revoked".formatted(revoked));
                sessions.revoke(revoked);
                points.add(new Chart.Point(revoked, ResidentMemory.mebibytes(gateway)));
            }
            charts.add(new Chart(
                    "revocations", "Resident memory of the gateway, MiB", "sessions revoked", List.copyOf(points)));
        }
    }

    private static List<String> names(String format, List<Integer> sizes) {
        return sizes.stream().map(format::formatted).toList();
    }

    private void draw(
            String file,
            String title,
            String sizes,
            List<Integer> xs,
            List<Measured> results,
            ToDoubleFunction<Figures> figure) {
        if (!measured.containsAll(results)) {
            measured.addAll(results);
        }
        charts.add(new Chart(
                file,
                title,
                sizes,
                IntStream.range(0, xs.size())
                        .mapToObj(index -> new Chart.Point(
                                xs.get(index),
                                figure.applyAsDouble(results.get(index).median())))
                        .toList()));
    }
}
