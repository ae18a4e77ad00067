package dev.herald.benchmarks;

import java.util.Locale;

/**
 * What a ratio should be.
 *
 * @param least inclusive
 * @param most inclusive
 */
record Aim(double least, double most, String words) {

    /** For what is to be known, whatever it is. */
    static final Aim NONE = new Aim(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "-");

    static Aim atLeast(double least) {
        return new Aim(least, Double.POSITIVE_INFINITY, "at least %s".formatted(number(least)));
    }

    static Aim atMost(double most) {
        return new Aim(Double.NEGATIVE_INFINITY, most, "at most %s".formatted(number(most)));
    }

    /** Neither more than {@code factor} times as much nor less than that part of it. */
    static Aim within(double factor) {
        return new Aim(1 / factor, factor, "within a factor of %s".formatted(number(factor)));
    }

    /** What could not be measured meets no aim. */
    boolean isMetBy(double ratio) {
        return ratio >= least && ratio <= most;
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
