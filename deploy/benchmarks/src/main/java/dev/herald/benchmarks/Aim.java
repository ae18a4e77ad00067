package dev.herald.benchmarks;

import java.util.Locale;

/**
 * The range that a ratio should be in, inclusive.
 */
record Aim(double least, double most, String words) {

    /** The ratio is reported only. */
    static final Aim NONE = new Aim(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "-");

    static Aim atLeast(double least) {
        return new Aim(least, Double.POSITIVE_INFINITY, "at least %s".formatted(number(least)));
    }

    static Aim atMost(double most) {
        return new Aim(Double.NEGATIVE_INFINITY, most, "at most %s".formatted(number(most)));
    }

    static Aim within(double factor) {
        return new Aim(1 / factor, factor, "within a factor of %s".formatted(number(factor)));
    }

    /** NaN meets no aim. */
    boolean isMetBy(double ratio) {
        return ratio >= least && ratio <= most;
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
