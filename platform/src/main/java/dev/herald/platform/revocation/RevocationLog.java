package dev.herald.platform.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.stream.MapRecord;
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

    private static final String BEGINNING = "0-0";

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

    /** Whether everything that was appended is still there: not after Redis has lost its data. */
    public boolean isComplete() {
        return Boolean.TRUE.equals(redis.hasKey(COMPLETE));
    }

    /** To be said when all that matters has been appended. */
    public void markComplete() {
        redis.opsForValue().set(COMPLETE, "");
    }

    /**
     * A place in the log and what was found on the way to it.
     *
     * @param position to go on from
     */
    record Reading(String position, List<Revocation> revocations) {}

    /** What was appended after a position, and a little from before it: Redis may have lost its last moment. */
    Reading readAfter(String position, Duration overlap) {
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .range(
                        KEY,
                        Range.from(Bound.inclusive(before(position, overlap))).to(Bound.unbounded()));
        if (entries == null || entries.isEmpty()) {
            return new Reading(position, List.of());
        }
        return new Reading(
                entries.getLast().getId().getValue(),
                entries.stream().map(entry -> revocation(entry)).toList());
    }

    static String beginning() {
        return BEGINNING;
    }

    /** An id of a stream begins with the time of its writing, in ms. */
    private static String before(String position, Duration overlap) {
        long time = Long.parseLong(position.substring(0, position.indexOf('-')));
        return Math.max(0, time - overlap.toMillis()) + "-0";
    }

    private static Revocation revocation(MapRecord<String, String, String> entry) {
        return new Revocation(
                UUID.fromString(entry.getValue().get("sid")),
                Instant.ofEpochMilli(Long.parseLong(entry.getValue().get("until"))));
    }
}
