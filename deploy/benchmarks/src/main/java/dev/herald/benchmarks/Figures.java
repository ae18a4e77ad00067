package dev.herald.benchmarks;

import java.util.Arrays;

/**
 * The results of one phase.
 *
 * @param perSecond the number of successful answers a second
 * @param p50 the median in milliseconds; NaN without a successful answer
 * @param p99 the 99th percentile in milliseconds; NaN without a successful answer
 */
record Figures(double perSecond, double p50, double p99) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * @param nanos the duration of each successful answer
     * @param elapsed nanoseconds from the first request to the last answer
     */
    static Figures of(long[] nanos, long elapsed) {
        if (nanos.length == 0) {
            return new Figures(0, Double.NaN, Double.NaN);
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Figures(
                nanos.length * NANOS_PER_SECOND / elapsed, percentile(sorted, 0.50), percentile(sorted, 0.99));
    }

    /** The percentile by nearest rank, so that the result is one of the measured times. */
    private static double percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MILLI;
    }
}
