package dev.herald.platform.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The recent revocations of sessions and signing keys: a Redis stream in the order of writing, so that a reader asks
 * only for the entries after its last one. Expired entries are deleted. Throws Spring's {@code DataAccessException} if
 * Redis does not answer.
 */
public final class RevocationLog {

    /** The key of the stream, and the name of the channel that announces new entries. */
    static final String KEY = "herald:revoked-sessions";

    /** This key is missing if Redis has lost data. Without it, a lost log would look like an empty one. */
    private static final String COMPLETE = "herald:revoked-sessions:complete";

    static final String SESSION = "sid";
    static final String KEY_ID = "kid";

    /** {@code KEYS}: the stream; {@code ARGV}: the retention in ms, then triples of a field, its value and the end in ms. */
    private static final RedisScript<Long> APPEND = RedisScript.of("""
            local now = redis.call('TIME')
            local oldest = now[1] * 1000 - ARGV[1]
            for i = 2, #ARGV, 3 do
                redis.call('XADD', KEYS[1], 'MINID', '~', string.format('%d', oldest), '*', ARGV[i], ARGV[i + 1], 'until', ARGV[i + 2])
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return redis.call('PUBLISH', KEYS[1], '')
            """, Long.class);

    /**
     * {@code KEYS}: the stream and {@link #COMPLETE}. Returns whether {@code COMPLETE} exists. Writes an existing one
     * again, so that a Redis that accepts no writes (full, or a replica) causes an error. If the stream's key has
     * another type, deletes both keys, so that the stream is written anew.
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

    /** Appends revocations. Appending one again does no harm. */
    public void append(Collection<Revocation> revocations, Duration keep) {
        append(
                keep,
                revocations.stream()
                        .flatMap(revocation ->
                                entry(SESSION, revocation.session().toString(), revocation.until()))
                        .toList());
    }

    /** Appends withdrawn keys. The caller repeats this within {@code keep}, because entries are deleted after that time. */
    public void appendKeys(Collection<WithdrawnKey> keys, Duration keep) {
        append(
                keep,
                keys.stream()
                        .flatMap(key -> entry(KEY_ID, key.kid(), key.until()))
                        .toList());
    }

    private static Stream<String> entry(String field, String value, Instant until) {
        return Stream.of(field, value, Long.toString(until.toEpochMilli()));
    }

    private void append(Duration keep, List<String> entries) {
        if (!entries.isEmpty()) {
            Stream<String> arguments = Stream.concat(Stream.of(Long.toString(keep.toMillis())), entries.stream());
            redis.execute(APPEND, List.of(KEY), arguments.toArray());
        }
    }

    /**
     * Whether Redis still has every entry. Throws {@code DataAccessException} if Redis accepts no writes, because it is
     * full or a replica.
     */
    public boolean confirmComplete() {
        return Boolean.TRUE.equals(redis.execute(CONFIRM_COMPLETE, List.of(KEY, COMPLETE)));
    }

    /** Must be called after all revocations with unexpired access tokens have been appended. */
    public void markComplete() {
        redis.opsForValue().set(COMPLETE, "");
    }

    /**
     * Reads the entries after the position, and again those of the {@code overlap} before it: a Redis that has lost its
     * latest entries may give new entries smaller ids.
     *
     * @param now the reading starts at this time at the latest, because the position may be in the future
     */
    RevocationReading readAfter(StreamPosition position, Duration overlap, Instant now) {
        long since = Math.max(0, Math.min(position.time(), now.toEpochMilli()) - overlap.toMillis());
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .range(
                        KEY,
                        Range.from(Bound.inclusive(new StreamPosition(since, 0).toString()))
                                .to(Bound.unbounded()));
        return RevocationReading.of(entries == null ? List.of() : entries, position);
    }
}
