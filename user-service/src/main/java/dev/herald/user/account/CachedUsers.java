package dev.herald.user.account;

import dev.herald.platform.redis.OptionalRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cache entries in Redis: {@code version|JSON}, or {@code version|} for a deleted user. The compare-and-set on the version keeps a slow
 * reader from overwriting a newer value. An entry of another form is a miss.
 */
final class CachedUsers {

    static final Duration TTL = Duration.ofHours(1);

    /** The longest time that an old entry stays in Redis if the process is killed between the commit and the write. */
    private static final Duration TTL_DURING_CHANGE = Duration.ofSeconds(5);

    /**
     * {@code KEYS}: the key of the entry; {@code ARGV}: version, JSON or empty, TTL in ms, and an unreadable entry that
     * is replaced without a comparison of versions, or empty. Returns 1 if the entry was written.
     */
    private static final RedisScript<Long> WRITE = RedisScript.of("""
            local current = redis.pcall('GET', KEYS[1])
            local version = type(current) == 'string' and current ~= ARGV[4] and string.match(current, '^(%d+)|')
            if version and tonumber(version) >= tonumber(ARGV[1]) then
                return 0
            end
            redis.call('SET', KEYS[1], ARGV[1] .. '|' .. ARGV[2], 'PX', ARGV[3])
            return 1
            """, Long.class);

    private static final Pattern ENTRY = Pattern.compile("(\\d{1,18})\\|(.*)", Pattern.DOTALL);

    enum Outcome {
        HIT,
        MISS,
        ERROR
    }

    /**
     * @param user empty for a deleted user, and if the outcome is not a hit
     * @param unreadable an entry that must be replaced, or empty
     */
    record Lookup(Outcome outcome, Optional<UserSnapshot> user, String unreadable) {

        static final Lookup MISS = unreadable("");
        static final Lookup ERROR = new Lookup(Outcome.ERROR, Optional.empty(), "");

        static Lookup hit(Optional<UserSnapshot> user) {
            return new Lookup(Outcome.HIT, user, "");
        }

        static Lookup unreadable(String entry) {
            return new Lookup(Outcome.MISS, Optional.empty(), entry);
        }
    }

    /** @param content JSON, or empty for a deleted user */
    record Entry(long version, String content) {}

    private final OptionalRedis redis;
    private final JsonMapper json;

    CachedUsers(OptionalRedis redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    Entry entry(UserSnapshot user) {
        return new Entry(user.version(), json.writeValueAsString(user));
    }

    Lookup find(UUID id) {
        return redis.call(commands -> read(id, commands), () -> Lookup.ERROR);
    }

    /** Shortens the entry's lifetime before a change, in case the write after the commit fails. */
    void expireSoon(UUID id) {
        redis.call(commands -> commands.expire(key(id), TTL_DURING_CHANGE), () -> false);
    }

    /**
     * @param replaced an unreadable entry, or empty
     * @return whether Redis was reached
     */
    boolean write(UUID id, Entry entry, String replaced) {
        return redis.call(
                commands -> {
                    commands.execute(
                            WRITE,
                            List.of(key(id)),
                            Long.toString(entry.version()),
                            entry.content(),
                            Long.toString(TTL.toMillis()),
                            replaced);
                    return true;
                },
                () -> false);
    }

    private Lookup read(UUID id, StringRedisTemplate commands) {
        try {
            String entry = commands.opsForValue().get(key(id));
            return entry == null ? Lookup.MISS : parse(id, entry);
        } catch (RedisSystemException e) {
            if (String.valueOf(e.getMostSpecificCause().getMessage()).startsWith("WRONGTYPE")) {
                return Lookup.MISS;
            }
            throw e;
        }
    }

    /** Treats an entry of another form as unreadable, because another release may have written it. */
    private Lookup parse(UUID id, String entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            return Lookup.unreadable(entry);
        }
        if (parts.group(2).isEmpty()) {
            return Lookup.hit(Optional.empty());
        }
        try {
            return Optional.ofNullable(json.readValue(parts.group(2), UserSnapshot.class))
                    .filter(user -> user.id().equals(id) && user.version() == Long.parseLong(parts.group(1)))
                    .map(user -> Lookup.hit(Optional.of(user)))
                    .orElseGet(() -> Lookup.unreadable(entry));
        } catch (JacksonException e) {
            return Lookup.unreadable(entry);
        }
    }

    private static String key(UUID id) {
        return "herald:user:" + id;
    }
}
