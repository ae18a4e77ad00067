package dev.herald.benchmarks;

import java.util.Locale;

/** The range that a ratio should be in, bounds included. */
record Aim(double least, double most, String words) {

    /** No aim: the ratio is only reported. */
    static final Aim NONE = new Aim(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "-");

    static Aim atLeast(double least) {
        return new Aim(least, Double.POSITIVE_INFINITY, String.format(Locale.ROOT, "at least %.2f", least));
    }

    static Aim atMost(double most) {
        return new Aim(Double.NEGATIVE_INFINITY, most, String.format(Locale.ROOT, "at most %.2f", most));
    }

    static Aim within(double factor) {
        return new Aim(1 / factor, factor, String.format(Locale.ROOT, "within a factor of %.2f", factor));
    }

    /** False for NaN, even without bounds. */
    boolean isMetBy(double ratio) {
        return ratio >= least && ratio <= most;
    }
}
