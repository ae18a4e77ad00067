package dev.herald.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Gives each scenario the suite that it measures, and the tools to measure it. */
final class Bench {

    /** The terminal, taken before {@link LoadGenerator} redirects {@code System.out}. */
    private final PrintStream terminal = System.out;

    private final Target target;
    private final Options options;
    private final LoadGenerator generator;
    private final Accounts accounts;
    private final Rows userRows;
    private final Rows postRows;
    private boolean cleaned;

    Bench(Target target, Options options, LoadGenerator generator) {
        this.target = target;
        this.options = options;
        this.generator = generator;
        this.accounts = new Accounts(target);
        this.userRows = new Rows(target.usersDatabase(), RowType.USERS, this::say);
        this.postRows = new Rows(target.postsDatabase(), RowType.POSTS, this::say);
    }

    Target target() {
        return target;
    }

    Api userService() {
        return new Api(target.userService());
    }

    Accounts accounts() {
        return accounts;
    }

    Rows userRows() {
        return userRows;
    }

    Rows postRows() {
        return postRows;
    }

    /** The number of virtual users: enough to use every core, and few enough that they hardly wait for each other. */
    int users() {
        return 2 * Runtime.getRuntime().availableProcessors();
    }

    String metricsOfUserService() throws IOException, InterruptedException {
        return new Api(target.userServiceManagement()).text("/actuator/prometheus");
    }

    Load reading(String name, String address, List<String> tokens) {
        return Requests.reading(name, users(), List.of(address), tokens);
    }

    Load readingPosts(String name, List<String> tokens) throws InterruptedException {
        List<String> addresses = accounts.posts(tokens).stream()
                .map(post -> target.postService() + "/api/posts/" + post)
                .toList();
        return Requests.reading(name, users(), addresses, tokens);
    }

    /** Measures the loads one after the other in each round, and returns the results in the order of the arguments. */
    List<Measured> measure(Scenario scenario, Load... loads) throws IOException {
        List<Load> all = List.of(loads);
        List<Phase> phases = options.timing().phases(all, scenario.warmUp());
        long seconds = phases.stream()
                .map(phase -> phase.pause().plus(phase.duration()))
                .reduce(Duration.ZERO, Duration::plus)
                .toSeconds();
        say("measuring %s, for %d s"
                .formatted(String.join(", ", all.stream().map(Load::name).toList()), seconds));
        generator.run(scenario.name(), phases);
        return all.stream().map(load -> Measured.of(load, phases)).toList();
    }

    /**
     * Measures without the load generator. One more round runs before the first, as the warm-up.
     *
     * @param round measures one round, and returns the figures in the order of the names
     */
    List<Measured> inRounds(List<String> names, Callable<List<Figures>> round) throws Exception {
        round.call();
        return inColdRounds(names, round);
    }

    /** Measures without the load generator and without a warm-up. */
    List<Measured> inColdRounds(List<String> names, Callable<List<Figures>> round) throws Exception {
        List<List<Figures>> rounds = new ArrayList<>();
        while (rounds.size() < options.timing().rounds()) {
            rounds.add(round.call());
        }
        return IntStream.range(0, names.size())
                .mapToObj(index -> new Measured(
                        names.get(index),
                        rounds.stream().map(figures -> figures.get(index)).toList(),
                        Map.of()))
                .toList();
    }

    void say(String what) {
        terminal.println("  " + what);
    }

    synchronized void cleanUp() throws IOException, InterruptedException, SQLException {
        if (cleaned) {
            return;
        }
        cleaned = true;
        terminal.println();
        say("removing the stored data");
        if (!options.keepRows()) {
            userRows.removeForGood();
            postRows.removeForGood();
        }
        accounts.closeAll(target.admin());
    }
}
