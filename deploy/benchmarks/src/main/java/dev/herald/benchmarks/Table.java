package dev.herald.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

record Table(List<String> head, List<List<String>> rows) {

    /** The table for a terminal, with numbers aligned to the right. */
    String aligned() {
        IntFunction<String> format = column -> "%" + (isNumeric(column) ? "" : "-") + width(column) + "s";
        return Stream.concat(Stream.of(head), rows.stream())
                .map(row -> IntStream.range(0, head.size())
                        .mapToObj(column -> format.apply(column).formatted(row.get(column)))
                        .collect(joining("  ", "  ", ""))
                        .stripTrailing())
                .collect(joining("\n", "", "\n"));
    }

    String markdown() {
        List<String> rule = IntStream.range(0, head.size())
                .mapToObj(column -> isNumeric(column) ? "---:" : "---")
                .toList();
        return Stream.concat(Stream.of(head, rule), rows.stream())
                .map(row -> row.stream().collect(joining(" | ", "| ", " |\n")))
                .collect(joining());
    }

    /** At least 1, because a column may be empty, and a format has no width of 0. */
    private int width(int column) {
        return Math.max(
                1,
                Stream.concat(Stream.of(head), rows.stream())
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(1));
    }

    private boolean isNumeric(int column) {
        return rows.stream().allMatch(row -> row.get(column).matches("[\\d.]+|-"));
    }
}
