package dev.herald.platform.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The revocations of late, in the order of writing: a Redis stream, whose entries go when they are too old to matter.
 * Everyone who has read it up to some entry need only ask for what came after. Throws Spring's {@code DataAccessException}
 * when Redis does not answer.
 */
public final class RevocationLog {

    /** The stream, and the channel on which an addition is announced. */
    static final String KEY = "herald:revoked-sessions";

    /** Stands as long as Redis has lost nothing: a log that is empty may also be one that was emptied. */
    private static final String COMPLETE = "herald:revoked-sessions:complete";

    /** {@code KEYS}: the stream; {@code ARGV}: for how many ms entries are kept, then pairs of session and its end in ms. */
    private static final RedisScript<Long> APPEND = RedisScript.of("""
            local now = redis.call('TIME')
            local oldest = now[1] * 1000 - ARGV[1]
            for i = 2, #ARGV, 2 do
                redis.call('XADD', KEYS[1], 'MINID', '~', string.format('%d', oldest), '*', 'sid', ARGV[i], 'until', ARGV[i + 1])
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return redis.call('PUBLISH', KEYS[1], '')
            """, Long.class);

    /**
     * {@code KEYS}: the stream, and the mark of its completeness, which is written again: Redis may answer and yet take no writes, as
     * when it is full or has become a replica. Anything else under the stream's name is deleted, so that it is filled anew.
     */
    private static final RedisScript<Boolean> CONFIRM_COMPLETE = RedisScript.of("""
            local type = redis.call('TYPE', KEYS[1])['ok']
            if type ~= 'stream' and type ~= 'none' then
                redis.call('DEL', KEYS[1], KEYS[2])
            end
            if redis.call('EXISTS', KEYS[2]) == 0 then
                return false
            end
            redis.call('SET', KEYS[2], '')
            return true
            """, Boolean.class);

    private final StringRedisTemplate redis;

    RevocationLog(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Adds the ends of sessions; the same ones again do no harm.
     *
     * @param keep for how long an entry matters at most
     */
    public void append(Collection<Revocation> revocations, Duration keep) {
        if (revocations.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(keep.toMillis()));
        for (Revocation revocation : revocations) {
            arguments.add(revocation.session().toString());
            arguments.add(Long.toString(revocation.until().toEpochMilli()));
        }
        redis.execute(APPEND, List.of(KEY), arguments.toArray());
    }

    /**
     * Whether everything that was appended is still there, and more could be: false after Redis has lost its data; throws
     * {@code DataAccessException} when Redis takes no writes.
     */
    public boolean confirmComplete() {
        return Boolean.TRUE.equals(redis.execute(CONFIRM_COMPLETE, List.of(KEY, COMPLETE)));
    }

    /** Marks the log as complete, once all that matters has been appended. */
    public void markComplete() {
        redis.opsForValue().set(COMPLETE, "");
    }

    /**
     * The id of an entry of a Redis stream.
     *
     * @param time of its writing, in ms
     * @param sequence of the entries of that ms
     */
    record Position(long time, long sequence) implements Comparable<Position> {

        static final Position BEGINNING = new Position(0, 0);

        private static final Comparator<Position> ORDER =
                Comparator.comparingLong(Position::time).thenComparingLong(Position::sequence);

        private static Position of(RecordId id) {
            String[] parts = id.getValue().split("-", -1);
            return new Position(number(parts[0]), number(parts[1]));
        }

        /** Redis counts to 2⁶⁴ - 1; what is above Java's largest number is as far in the future. */
        private static long number(String unsigned) {
            long number = Long.parseUnsignedLong(unsigned);
            return number < 0 ? Long.MAX_VALUE : number;
        }

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return time + "-" + sequence;
        }
    }

    /**
     * A place in the log and what was found on the way to it.
     *
     * @param position to go on from
     * @param unreadable the ids of later entries that are no revocation
     */
    record Reading(Position position, List<Revocation> revocations, List<Position> unreadable) {}

    /**
     * Reads what was appended after a position, and a little from before it: Redis may have lost its last moment.
     *
     * @param now the reading starts no later, whatever the position says: an entry may have an id from the future
     */
    Reading readAfter(Position position, Duration overlap, Instant now) {
        long since = Math.max(0, Math.min(position.time(), now.toEpochMilli()) - overlap.toMillis());
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .range(
                        KEY,
                        Range.from(Bound.inclusive(new Position(since, 0).toString()))
                                .to(Bound.unbounded()));
        if (entries == null || entries.isEmpty()) {
            return new Reading(position, List.of(), List.of());
        }
        List<Revocation> revocations = new ArrayList<>();
        List<Position> unreadable = new ArrayList<>();
        for (MapRecord<String, String, String> entry : entries) {
            Optional<Revocation> revocation = revocation(entry.getValue());
            revocation.ifPresent(revocations::add);
            Position read = Position.of(entry.getId());
            if (revocation.isEmpty() && read.compareTo(position) > 0) {
                unreadable.add(read);
            }
        }
        return new Reading(Position.of(entries.getLast().getId()), revocations, unreadable);
    }

    /** Empty if the entry is no revocation: one bad entry must not hide those after it. */
    private static Optional<Revocation> revocation(Map<String, String> entry) {
        try {
            return Optional.of(new Revocation(
                    UUID.fromString(entry.getOrDefault("sid", "")),
                    Instant.ofEpochMilli(Long.parseLong(entry.getOrDefault("until", "")))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
