package dev.herald.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sends many logins to user-service at once, to show whether they slow down concurrent reads. */
final class LoginBurst {

    private static final int LOGINS = 200;
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Bench bench;
    private final URI server;
    private final RoundRobin<byte[]> reads;
    private final RoundRobin<byte[]> logins;
    private final Map<String, Integer> failures = new TreeMap<>();

    private LoginBurst(Bench bench) throws InterruptedException {
        this.bench = bench;
        this.server = bench.target().userService();
        List<String> paths = bench.accounts().paths();
        List<String> tokens = bench.accounts().signIn();
        this.reads = new RoundRobin<>(IntStream.range(0, paths.size())
                .mapToObj(index -> PlainConnection.get(paths.get(index), tokens.get(index)))
                .toList());
        this.logins = new RoundRobin<>(bench.accounts().all().stream()
                .map(account -> PlainConnection.post(
                        "/api/auth/login", account.credentials().json()))
                .toList());
    }

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        LoginBurst burst = new LoginBurst(bench);
        List<Measured> rounds = bench.inRounds(
                List.of(
                        "reads before %d logins".formatted(LOGINS),
                        "reads during the logins",
                        "logins that got a token"),
                burst::round);
        Measured quiet = rounds.get(0);
        Measured during = rounds.get(1);
        Measured logins = new Measured(rounds.get(2).name(), rounds.get(2).rounds(), burst.failures);
        return new Scenario.Outcome(
                List.of(quiet, during, logins),
                List.of(Ratio.ofTimes(during, quiet, Aim.NONE), Ratio.ofSlowest(during, quiet, Aim.atMost(5))));
    }

    private List<Figures> round() throws IOException, InterruptedException {
        List<PlainConnection> connections = new ArrayList<>();
        try (SteadyReads steady = new SteadyReads(server, bench.users(), reads)) {
            while (connections.size() < LOGINS) {
                connections.add(new PlainConnection(server));
            }
            Thread.sleep(QUIET);
            long begin = System.nanoTime();
            Thread.sleep(QUIET);
            long burst = System.nanoTime();
            List<PlainConnection.Answer> answers = logInAtOnce(connections);
            Recorder.Span during = new Recorder.Span(burst, System.nanoTime());
            count(answers);
            return List.of(
                    steady.during(new Recorder.Span(begin, burst)), steady.during(during), tokens(answers, during));
        } finally {
            for (PlainConnection connection : connections) {
                connection.close();
            }
        }
    }

    private List<PlainConnection.Answer> logInAtOnce(List<PlainConnection> connections) throws IOException {
        for (PlainConnection connection : connections) {
            connection.send(logins.next());
        }
        List<PlainConnection.Answer> answers = new ArrayList<>();
        for (PlainConnection connection : connections) {
            answers.add(connection.receive());
        }
        return answers;
    }

    private static Figures tokens(List<PlainConnection.Answer> answers, Recorder.Span during) {
        long good = withStatus(answers, 200).count();
        return new Figures(good * 1e9 / during.nanos(), Double.NaN, Double.NaN);
    }

    /** Counts the failures. A refusal with {@code Retry-After} is not a failure. */
    private void count(List<PlainConnection.Answer> answers) {
        long refused = withStatus(answers, 503)
                .filter(PlainConnection.Answer::retryAfter)
                .count();
        bench.say("%d logins: %d got a token, %d were refused"
                .formatted(answers.size(), withStatus(answers, 200).count(), refused));
        answers.stream()
                .filter(answer -> answer.status() != 200 && !(answer.status() == 503 && answer.retryAfter()))
                .forEach(answer -> failures.merge("status " + answer.status(), 1, Integer::sum));
    }

    private static Stream<PlainConnection.Answer> withStatus(List<PlainConnection.Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status);
    }
}
