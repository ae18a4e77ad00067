package dev.herald.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/** Requests reset links for known and unknown addresses in turn: the response time must not reveal whether an address has an account. */
final class ForgotPasswordScenario {

    private static final int EACH = 200;
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Longer than it takes to send the email, which slows down other requests. */
    private static final Duration QUIET = Duration.ofMillis(50);

    private final Bench bench;
    private final Database database;

    private ForgotPasswordScenario(Bench bench) {
        this.bench = bench;
        this.database = bench.target().usersDatabase();
    }

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        List<Measured> measured = bench.inRounds(
                List.of(scenario.name() + ", known address", scenario.name() + ", unknown address"),
                new ForgotPasswordScenario(bench)::round);
        return new Scenario.Outcome(
                measured, List.of(Ratio.ofTimes(measured.get(0), measured.get(1), Aim.within(1.05))));
    }

    /** Reverses every second pair, so that requests of both kinds follow a known address equally often. */
    private List<Figures> round() throws IOException, InterruptedException, SQLException {
        bench.say("%d requests for known addresses, %1$d for unknown ones".formatted(EACH));
        List<String> emails = bench.accounts().insert("known-", EACH);
        long[] known = new long[EACH];
        long[] unknown = new long[EACH];
        try (PlainConnection server = new PlainConnection(bench.target().userService())) {
            for (int pair = 0; pair < EACH; pair += 2) {
                known[pair] = request(server, emails.get(pair));
                unknown[pair] = request(server, unknown());
                unknown[pair + 1] = request(server, unknown());
                known[pair + 1] = request(server, emails.get(pair + 1));
            }
        }
        return List.of(figures(known), figures(unknown));
    }

    /** An address without an account, as long as the known addresses. */
    private static String unknown() {
        return "known-%s@%s".formatted(UUID.randomUUID(), Accounts.DOMAIN);
    }

    /**
     * Returns the nanoseconds until the answer. Waits until user-service has handled the request and the email is sent, so that this work does
     * not delay the next request.
     */
    private long request(PlainConnection server, String email) throws IOException, InterruptedException {
        byte[] request = PlainConnection.post(
                "/api/auth/forgot-password", JsonMapper.shared().writeValueAsString(Map.of("email", email)));
        long begin = System.nanoTime();
        server.send(request);
        int status = server.receive().status();
        long nanos = System.nanoTime() - begin;
        if (status != 202) {
            throw new BenchFailed("A forgotten password was answered %d.".formatted(status));
        }
        Wait.until(
                () -> database.number("select count(*) from forgotten_password") == 0,
                POLL,
                LIMIT,
                "Forgotten passwords are not worked on.");
        Thread.sleep(QUIET);
        return nanos;
    }

    private static Figures figures(long[] nanos) {
        return Figures.of(nanos, LongStream.of(nanos).sum());
    }
}
