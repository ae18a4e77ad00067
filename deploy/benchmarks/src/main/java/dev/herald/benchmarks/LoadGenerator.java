package dev.herald.benchmarks;

import io.gatling.app.Gatling$;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs Gatling, with Gatling's output in a log file. */
final class LoadGenerator {

    private final Path reports;
    private final PrintStream log;

    LoadGenerator(Path reports) throws IOException {
        this.reports = reports;
        this.log = new PrintStream(Files.newOutputStream(reports.resolve("gatling.log")), true, StandardCharsets.UTF_8);
    }

    /** Runs the phases, and writes their charts to the folder {@code name}. */
    void run(String name, List<Phase> phases) throws IOException {
        Path unfinished = reports.resolve(".unfinished");
        String[] arguments = {"--simulation", LoadSimulation.class.getName(), "--results-folder", unfinished.toString()
        };
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(log);
        System.setErr(log);
        try {
            int code =
                    ScopedValue.where(LoadSimulation.PHASES, phases).call(() -> Gatling$.MODULE$.fromArgs(arguments));
            if (code != 0) {
                throw new BenchFailed("Gatling failed with exit code %d; its log is %s."
                        .formatted(code, reports.resolve("gatling.log")));
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        keepCharts(unfinished, reports.resolve(name));
    }

    /** Renames the folder that Gatling named, after deleting its large raw records. */
    private static void keepCharts(Path unfinished, Path charts) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(unfinished)) {
            for (Path folder : folders) {
                Files.deleteIfExists(folder.resolve("simulation.log"));
                Files.move(folder, charts);
            }
        }
        Files.delete(unfinished);
    }
}
