package dev.herald.user.account;

import dev.herald.platform.redis.OptionalRedis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Users by id in Redis, beside the database. An entry is {@code version|JSON}, or {@code version|} for a deleted user, and
 * is only ever replaced by a later version: a slow reader cannot bring an old value back.
 */
@Component
class UserCache {

    private static final Duration TTL = Duration.ofHours(1);

    /** A process that dies after the commit leaves the old entry, for no longer than this. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);

    /** {@code KEYS}: the entry; {@code ARGV}: version, JSON or nothing, TTL in ms. Returns 1 if it was written. */
    private static final RedisScript<Long> WRITE = RedisScript.of("""
            local current = redis.call('GET', KEYS[1])
            if current and tonumber(string.match(current, '^%d+') or '-1') >= tonumber(ARGV[1]) then
                return 0
            end
            redis.call('SET', KEYS[1], ARGV[1] .. '|' .. ARGV[2], 'PX', ARGV[3])
            return 1
            """, Long.class);

    private enum Outcome {
        HIT,
        MISS,
        ERROR
    }

    /** What Redis said; {@code user} is empty unless it is a hit, and then too for a deleted user. */
    private record Lookup(Outcome outcome, Optional<UserSnapshot> user) {

        static final Lookup MISS = new Lookup(Outcome.MISS, Optional.empty());
        static final Lookup ERROR = new Lookup(Outcome.ERROR, Optional.empty());
    }

    private record Entry(long version, String content) {}

    private final OptionalRedis redis;
    private final JsonMapper json;
    private final Map<Outcome, Counter> lookups = new EnumMap<>(Outcome.class);
    private final Map<UUID, CompletableFuture<Optional<UserSnapshot>>> loading = new ConcurrentHashMap<>();

    /** What Redis did not take after a commit, and therefore still has an older version of. */
    private final Map<UUID, Entry> unwritten = new ConcurrentHashMap<>();

    UserCache(OptionalRedis redis, JsonMapper json, MeterRegistry meters) {
        this.redis = redis;
        this.json = json;
        for (Outcome outcome : Outcome.values()) {
            lookups.put(outcome, counter(outcome, meters));
        }
    }

    /** The user from the cache, or else from the database; however many ask at once, this process asks it once. */
    Optional<UserSnapshot> find(UUID id, Supplier<Optional<UserSnapshot>> database) {
        Lookup lookup = lookUp(id);
        Objects.requireNonNull(lookups.get(lookup.outcome())).increment();
        return switch (lookup.outcome()) {
            case HIT -> lookup.user();
            case MISS -> loadOnce(id, database);
            case ERROR -> database.get();
        };
    }

    /** To be called before the commit of a change, which {@link #write} or {@link #writeDeletion} is to follow. */
    void expectChange(UUID id) {
        redis.call(commands -> commands.expire(key(id), LAST_MOMENTS), () -> false);
    }

    /** To be called after the commit. */
    void write(UserSnapshot user) {
        write(user.id(), new Entry(user.version(), json.writeValueAsString(user)));
    }

    /** To be called after the commit; {@code version} is that of the deletion. */
    void writeDeletion(UUID id, long version) {
        write(id, new Entry(version, ""));
    }

    @Scheduled(fixedDelay = 1_000)
    void writeWhatIsUnwritten() {
        unwritten.forEach(this::write);
    }

    private Lookup lookUp(UUID id) {
        if (unwritten.containsKey(id)) {
            return Lookup.ERROR;
        }
        return redis.call(
                commands -> {
                    String entry = commands.opsForValue().get(key(id));
                    return entry == null ? Lookup.MISS : read(entry);
                },
                () -> Lookup.ERROR);
    }

    /** Another release may have written it, in another shape. */
    private Lookup read(String entry) {
        String content = entry.substring(entry.indexOf('|') + 1);
        try {
            return new Lookup(
                    Outcome.HIT,
                    content.isEmpty() ? Optional.empty() : Optional.of(json.readValue(content, UserSnapshot.class)));
        } catch (JacksonException e) {
            return Lookup.ERROR;
        }
    }

    private Optional<UserSnapshot> loadOnce(UUID id, Supplier<Optional<UserSnapshot>> database) {
        CompletableFuture<Optional<UserSnapshot>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<UserSnapshot>> theirs = loading.putIfAbsent(id, mine);
        if (theirs != null) {
            return join(theirs);
        }
        try {
            Optional<UserSnapshot> user = database.get();
            user.ifPresent(this::write);
            mine.complete(user);
            return user;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            loading.remove(id);
        }
    }

    private static Optional<UserSnapshot> join(CompletableFuture<Optional<UserSnapshot>> loading) {
        try {
            return loading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void write(UUID id, Entry entry) {
        boolean written = redis.call(
                commands -> {
                    commands.execute(
                            WRITE,
                            List.of(key(id)),
                            Long.toString(entry.version()),
                            entry.content(),
                            Long.toString(TTL.toMillis()));
                    return true;
                },
                () -> false);
        if (written) {
            unwritten.remove(id, entry);
        } else {
            unwritten.merge(id, entry, (one, other) -> one.version() > other.version() ? one : other);
        }
    }

    private static String key(UUID id) {
        return "herald:user:" + id;
    }

    /** {@code herald_cache_requests_total{cache,outcome}}. */
    private static Counter counter(Outcome outcome, MeterRegistry meters) {
        return Counter.builder("herald.cache.requests")
                .description("Look-ups, by what came of them")
                .tag("cache", "users")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
