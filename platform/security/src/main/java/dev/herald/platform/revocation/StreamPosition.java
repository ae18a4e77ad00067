package dev.herald.platform.revocation;

import java.util.Comparator;
import org.springframework.data.redis.connection.stream.RecordId;

/**
 * The id of an entry of a Redis stream.
 *
 * @param time when the entry was written, in ms since 1970
 * @param sequence the number of the entry within that ms
 */
record StreamPosition(long time, long sequence) implements Comparable<StreamPosition> {

    static final StreamPosition BEGINNING = new StreamPosition(0, 0);

    private static final Comparator<StreamPosition> ORDER =
            Comparator.comparingLong(StreamPosition::time).thenComparingLong(StreamPosition::sequence);

    static StreamPosition of(RecordId id) {
        String[] parts = id.getValue().split("-", -1);
        return new StreamPosition(number(parts[0]), number(parts[1]));
    }

    /**
     * Redis counts to 2⁶⁴ - 1. Numbers above {@code Long.MAX_VALUE} are read as {@code Long.MAX_VALUE}, because all of
     * them stand for times far in the future.
     */
    private static long number(String unsigned) {
        long number = Long.parseUnsignedLong(unsigned);
        return number < 0 ? Long.MAX_VALUE : number;
    }

    @Override
    public int compareTo(StreamPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return time + "-" + sequence;
    }
}
