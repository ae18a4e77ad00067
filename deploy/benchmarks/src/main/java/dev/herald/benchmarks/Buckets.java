package dev.herald.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Prometheus histogram.
 *
 * @param counts the number of observations up to each bound, by the bound in seconds
 */
record Buckets(TreeMap<Double, Double> counts) {

    private static final Pattern BOUND = Pattern.compile("le=\"([^\"]+)\".* (\\S+)$");
    private static final double MILLIS = 1000;

    /** @param metric the histogram's name without {@code _bucket} */
    static Buckets of(String scrape, String metric) {
        TreeMap<Double, Double> counts = new TreeMap<>();
        scrape.lines().filter(line -> line.startsWith(metric + "_bucket{")).forEach(line -> {
            Matcher bucket = BOUND.matcher(line);
            if (bucket.find()) {
                String bound = bucket.group(1);
                counts.merge(
                        bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                        Double.parseDouble(bucket.group(2)),
                        Double::sum);
            }
        });
        if (counts.isEmpty()) {
            throw new BenchFailed("There is no histogram %s.".formatted(metric));
        }
        return new Buckets(counts);
    }

    Buckets since(Buckets before) {
        TreeMap<Double, Double> counted = new TreeMap<>();
        counts.forEach((bound, count) -> counted.put(bound, count - before.counts.getOrDefault(bound, 0.0)));
        return new Buckets(counted);
    }

    double count() {
        return counts.lastEntry().getValue();
    }

    /** In milliseconds, interpolated within a bucket like Prometheus's {@code histogram_quantile}; NaN without observations. */
    double percentile(double share) {
        double rank = share * count();
        double lowerBound = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            if (bucket.getValue() >= rank && bucket.getValue() > below) {
                if (bucket.getKey().isInfinite()) {
                    return lowerBound * MILLIS;
                }
                double part = (rank - below) / (bucket.getValue() - below);
                return (lowerBound + (bucket.getKey() - lowerBound) * part) * MILLIS;
            }
            lowerBound = bucket.getKey();
            below = bucket.getValue();
        }
        return Double.NaN;
    }
}
