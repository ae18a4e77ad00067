package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The main class of {@code ./herald bench}: runs the scenarios one after the other, and writes the report. */
final class Benchmarks {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss").withZone(ZoneId.systemDefault());

    private final Options options;
    private final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Report.Result> results = new ArrayList<>();
    private boolean failed;

    private Benchmarks(Options options) {
        this.options = options;
    }

    static void main(String[] words) throws InterruptedException {
        System.exit(run(words));
    }

    private static int run(String... words) throws InterruptedException {
        try {
            return new Benchmarks(Options.of(words)).run(Target.from(System.getenv()));
        } catch (BadUsage bad) {
            System.err.println(bad.getMessage());
            return NOT_UNDERSTOOD;
        } catch (BenchFailed failure) {
            System.err.println(failure.getMessage());
            return FAILED;
        } catch (IOException e) {
            System.err.println(e);
            return FAILED;
        }
    }

    private int run(Target target) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(target.reports().resolve(FOLDER.format(begun)));
        Bench bench = new Bench(target, options, new LoadGenerator(folder));
        // The hook also deletes the data of an interrupted run.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(bench)));
        for (Scenario scenario : options.scenarios()) {
            run(scenario, bench);
        }
        cleanUp(bench);

        Report report = new Report(begun, Report.Machine.here(), options.timing(), results);
        report.write(folder);
        System.out.printf("%n%s%n  report   %s%n", report.text(), folder.resolve("report.md"));
        return failed ? FAILED : DONE;
    }

    /** Runs one scenario. After a failure the next ones still run. */
    private void run(Scenario scenario, Bench bench) throws InterruptedException {
        System.out.printf("%n%s%n%n", scenario.name());
        try {
            double othersLoad = IdleCpu.await();
            results.add(new Report.Result(
                    scenario.name(), scenario.warmUp(), scenario.measurement().run(scenario, bench), othersLoad));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed = true;
            System.out.printf("  %s is not measured: %s%n", scenario.name(), sentence(e));
        }
    }

    private void cleanUp(Bench bench) {
        try {
            bench.cleanUp();
        } catch (Exception e) {
            failed = true;
            bench.say("some data could not be removed: " + sentence(e));
        }
    }

    private static String sentence(Exception e) {
        return String.valueOf(e instanceof BenchFailed ? e.getMessage() : e);
    }
}
