package dev.herald.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The tools of a scenario, and the suite that it measures. */
final class Bench {

    /** The load generator redirects {@code System.out} while it runs. */
    private final PrintStream terminal = System.out;

    private final Target target;
    private final Options options;
    private final LoadGenerator generator;
    private final Api userService;
    private final Accounts accounts;
    private final Rows userRows;
    private final Rows postRows;
    private boolean cleaned;

    Bench(Target target, Options options, LoadGenerator generator) {
        this.target = target;
        this.options = options;
        this.generator = generator;
        this.userService = new Api(target.userService());
        this.accounts = new Accounts(userService, new Api(target.postService()), target.usersDatabase());
        this.userRows = new Rows(target.usersDatabase(), RowType.USERS, this::say);
        this.postRows = new Rows(target.postsDatabase(), RowType.POSTS, this::say);
    }

    Target target() {
        return target;
    }

    Api userService() {
        return userService;
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

    /** Enough virtual users to use every core, and few enough that they hardly wait for each other. */
    int users() {
        return 2 * Runtime.getRuntime().availableProcessors();
    }

    int rounds() {
        return options.timing().rounds();
    }

    String metricsOfUserService() throws IOException, InterruptedException {
        return new Api(target.userServiceManagement()).text("/actuator/prometheus");
    }

    /** Measures the loads in turn, round by round, and returns the results in the given order. */
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

    void say(String what) {
        terminal.println("  " + what);
    }

    /** Deletes the data of the benchmark, once. */
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
