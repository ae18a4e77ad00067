package dev.herald.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A line chart as SVG. The sizes are drawn at equal distances, and the vertical axis begins at 0.
 *
 * @param file the file's name without its extension
 * @param sizes the label of the horizontal axis
 */
record Chart(String file, String title, String sizes, List<Point> points) {

    record Point(long size, double value) {}

    private static final int WIDTH = 420;
    private static final int HEIGHT = 230;
    private static final int LEFT = 56;
    private static final int RIGHT = 24;
    private static final int TOP = 36;
    private static final int BOTTOM = 48;
    private static final int LINES = 4;

    String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%1$d" height="%2$d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="%d" y="20" font-size="13" fill="#222222">%s</text>
                %s
                <polyline fill="none" stroke="#1f6feb" stroke-width="2" points="%s"/>
                %s
                <text x="%d" y="%d" text-anchor="middle" fill="#555555">%s</text>
                </svg>
                """.formatted(
                        WIDTH,
                        HEIGHT,
                        LEFT,
                        title,
                        scale(),
                        each(index -> "%s,%s".formatted(decimal(x(index)), decimal(y(value(index)))), " "),
                        each(this::mark, "\n"),
                        (WIDTH + LEFT - RIGHT) / 2,
                        HEIGHT - 10,
                        sizes);
    }

    private String scale() {
        return IntStream.rangeClosed(0, LINES)
                .mapToDouble(line -> top() * line / LINES)
                .mapToObj(value -> """
                        <path d="M%d %s H%d" stroke="#dddddd"/>
                        <text x="%d" y="%s" text-anchor="end" fill="#555555">%s</text>""".formatted(
                                LEFT, decimal(y(value)), WIDTH - RIGHT, LEFT - 6, decimal(y(value) + 4), number(value)))
                .collect(joining("\n"));
    }

    private String mark(int index) {
        return """
                <circle cx="%s" cy="%s" r="3" fill="#1f6feb"/>
                <text x="%1$s" y="%s" text-anchor="middle" fill="#222222">%s</text>
                <text x="%1$s" y="%d" text-anchor="middle" fill="#555555">%s</text>""".formatted(
                        decimal(x(index)),
                        decimal(y(value(index))),
                        decimal(y(value(index)) - 8),
                        number(value(index)),
                        HEIGHT - BOTTOM + 16,
                        size(points.get(index).size()));
    }

    private String each(IntFunction<String> text, String between) {
        return IntStream.range(0, points.size()).mapToObj(text).collect(joining(between));
    }

    private double x(int index) {
        double step = points.size() == 1 ? 0 : (double) (WIDTH - LEFT - RIGHT - 24) / (points.size() - 1);
        return LEFT + 12 + index * step;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / top() * (HEIGHT - TOP - BOTTOM);
    }

    private double value(int index) {
        return points.get(index).value();
    }

    /** The top of the vertical axis: the smallest 1, 2, 4 or 8 times a power of ten that no value exceeds. */
    private double top() {
        double greatest = points.stream().mapToDouble(Point::value).max().orElse(1);
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(greatest, 1e-3))));
        return IntStream.of(1, 2, 4, 8, 10)
                .mapToDouble(factor -> factor * power)
                .filter(top -> top >= greatest)
                .findFirst()
                .orElse(greatest);
    }

    private static String size(long size) {
        if (size >= 1_000_000) {
            return size / 1_000_000 + " M";
        }
        return size >= 1_000 ? size / 1_000 + " k" : Long.toString(size);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }

    private static String decimal(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
