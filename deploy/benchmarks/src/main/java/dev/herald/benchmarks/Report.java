package dev.herald.benchmarks;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

record Report(Instant begun, Machine machine, Timing timing, List<Result> results) {

    record Machine(int cores, String system, String java) {

        static Machine here() {
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                    System.getProperty("java.vm.version"));
        }
    }

    /**
     * The result of a scenario.
     *
     * @param warmUp the warm-up time of each load
     * @param othersLoad the processor load by other programs before the scenario, 0 to 1
     */
    record Result(String scenario, Duration warmUp, Scenario.Outcome outcome, double othersLoad) {}

    private static final double BUSY = 0.25;

    String text() {
        return tables().map(Table::aligned).collect(joining("\n"))
                + remarks().stream().map("\n  %s\n"::formatted).collect(joining());
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("report.md"), markdown());
        Files.writeString(
                folder.resolve("report.json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    private String markdown() {
        String head = """
                # Herald under load, %s

                %d cores, %s, JVM %s. Each line is the median of %d rounds of %d s.

                """.formatted(
                        begun,
                        machine.cores(),
                        machine.system(),
                        machine.java(),
                        timing.rounds(),
                        timing.measured().toSeconds());
        String charts = results.stream()
                .map(result -> "- [%s in charts](%1$s/index.html), each load after %d s of warm-up\n"
                        .formatted(result.scenario(), result.warmUp().toSeconds()))
                .collect(joining("", "\n", ""));
        return head
                + tables().map(Table::markdown).collect(joining("\n"))
                + remarks().stream().map("\n%s\n"::formatted).collect(joining())
                + charts;
    }

    private Stream<Table> tables() {
        return Stream.of(figures(), ratios()).filter(table -> !table.rows().isEmpty());
    }

    private Table figures() {
        return new Table(
                List.of("scenario", "requests/s", "p50 ms", "p99 ms", "errors"),
                measured()
                        .map(each -> List.of(
                                each.name(),
                                rate(each.median().perSecond()),
                                number(each.median().p50(), 1),
                                number(each.median().p99(), 1),
                                Integer.toString(each.failed())))
                        .toList());
    }

    private Table ratios() {
        return new Table(
                List.of("ratio", "median", "rounds", "aim", ""),
                results.stream()
                        .flatMap(result -> result.outcome().ratios().stream())
                        .map(ratio -> List.of(
                                ratio.what(),
                                number(ratio.value(), 2),
                                number(ratio.ofRounds().getFirst(), 2) + " to "
                                        + number(ratio.ofRounds().getLast(), 2),
                                ratio.aim().words(),
                                verdict(ratio)))
                        .toList());
    }

    private static String verdict(Ratio ratio) {
        if (ratio.aim().equals(Aim.NONE)) {
            return "";
        }
        return ratio.isMet() ? "met" : "missed";
    }

    /** Conditions that may distort the figures. */
    private List<String> remarks() {
        Stream<String> failures = measured()
                .flatMap(each -> each.failures().entrySet().stream()
                        .map(failure -> "%s failed %d times: %s."
                                .formatted(each.name(), failure.getValue(), failure.getKey())));
        Stream<String> others = results.stream()
                .filter(result -> result.othersLoad() > BUSY)
                .map(result -> "Before %s began, the processors were %.0f %% busy with something else."
                        .formatted(result.scenario(), 100 * result.othersLoad()));
        Stream<String> own = results.stream().flatMap(result -> result.outcome().remarks().stream());
        return Stream.of(failures, others, own).flatMap(Function.identity()).toList();
    }

    private Stream<Measured> measured() {
        return results.stream().flatMap(result -> result.outcome().measured().stream());
    }

    /** Formats a rate with at least three digits, because rates differ by orders of magnitude. */
    private static String rate(double perSecond) {
        return number(perSecond, perSecond < 100 ? 1 : 0);
    }

    private static String number(double number, int decimals) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%." + decimals + "f", number) : "-";
    }
}
