package dev.herald.user.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.herald.platform.redis.OptionalRedis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Users by id in Redis, beside the database. An entry is {@code version|JSON}, or {@code version|} for a deleted user, and
 * is only replaced by a later version, which keeps a slow reader from overwriting a newer value. An entry of another form is a miss.
 */
@Component
class UserCache {

    private static final Duration TTL = Duration.ofHours(1);

    /** A process that dies after the commit leaves the old entry, for no longer than this. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);

    /** How long a reader waits for another one that loads the same user, before it loads the user itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * {@code KEYS}: the entry; {@code ARGV}: version, JSON or nothing, TTL in ms, and an entry that is replaced whatever its version.
     * Returns 1 if it was written.
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

    private enum Outcome {
        HIT,
        MISS,
        ERROR
    }

    /**
     * What Redis answered.
     *
     * @param user empty unless it is a hit, and for a deleted user
     * @param unreadable an entry that is to be replaced; empty if there is none
     */
    private record Lookup(Outcome outcome, Optional<UserSnapshot> user, String unreadable) {

        static final Lookup MISS = unreadable("");
        static final Lookup ERROR = new Lookup(Outcome.ERROR, Optional.empty(), "");

        static Lookup hit(Optional<UserSnapshot> user) {
            return new Lookup(Outcome.HIT, user, "");
        }

        static Lookup unreadable(String entry) {
            return new Lookup(Outcome.MISS, Optional.empty(), entry);
        }
    }

    private static final Pattern ENTRY = Pattern.compile("(\\d{1,18})\\|(.*)", Pattern.DOTALL);

    private record Entry(long version, String content) {}

    private final OptionalRedis redis;
    private final JsonMapper json;
    private final Map<Outcome, Counter> lookups = new EnumMap<>(Outcome.class);
    private final Map<UUID, CompletableFuture<Optional<UserSnapshot>>> loading = new ConcurrentHashMap<>();

    /** Changes that Redis did not take. After their TTL it has no older entry of these users either. */
    private final Cache<UUID, Entry> unwritten;

    UserCache(OptionalRedis redis, JsonMapper json, MeterRegistry meters, Clock clock) {
        this.redis = redis;
        this.json = json;
        this.unwritten = Caffeine.newBuilder()
                .expireAfterWrite(TTL)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
        for (Outcome outcome : Outcome.values()) {
            lookups.put(outcome, counter(outcome, meters));
        }
        Gauge.builder("herald.cache.unwritten", unwritten, Cache::estimatedSize)
                .description("Changes that Redis has not taken yet")
                .tag("cache", "users")
                .register(meters);
    }

    /** The user from the cache, or else from the database, which this process asks once for all who read at the same time. */
    Optional<UserSnapshot> find(UUID id, Supplier<Optional<UserSnapshot>> database) {
        Lookup lookup = lookUp(id);
        Objects.requireNonNull(lookups.get(lookup.outcome())).increment();
        return switch (lookup.outcome()) {
            case HIT -> lookup.user();
            case MISS -> loadOnce(id, database, lookup.unreadable());
            case ERROR -> database.get();
        };
    }

    /** To be called before the commit of a change, which {@link #write} or {@link #writeDeletion} is to follow. */
    void expectChange(UUID id) {
        redis.call(commands -> commands.expire(key(id), LAST_MOMENTS), () -> false);
    }

    /** To be called after the commit. */
    void write(UserSnapshot user) {
        write(user.id(), entry(user));
    }

    /** To be called after the commit; {@code version} is that of the deletion. */
    void writeDeletion(UUID id, long version) {
        write(id, new Entry(version, ""));
    }

    @Scheduled(fixedDelay = 1_000)
    void writeWhatIsUnwritten() {
        unwritten.cleanUp();
        for (Map.Entry<UUID, Entry> change : unwritten.asMap().entrySet()) {
            if (!tryWrite(change.getKey(), change.getValue(), "")) {
                return;
            }
            unwritten.asMap().remove(change.getKey(), change.getValue());
        }
    }

    private Lookup lookUp(UUID id) {
        if (unwritten.asMap().containsKey(id)) {
            return Lookup.ERROR;
        }
        return redis.call(commands -> read(id, commands), () -> Lookup.ERROR);
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

    /** Another release may have written the entry, in another form. */
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

    private Optional<UserSnapshot> loadOnce(UUID id, Supplier<Optional<UserSnapshot>> database, String unreadable) {
        CompletableFuture<Optional<UserSnapshot>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<UserSnapshot>> theirs = loading.putIfAbsent(id, mine);
        if (theirs != null) {
            return join(id, theirs, database);
        }
        try {
            Optional<UserSnapshot> user = database.get();
            user.ifPresent(found -> tryWrite(id, entry(found), unreadable));
            mine.complete(user);
            return user;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            loading.remove(id, mine);
        }
    }

    private Optional<UserSnapshot> join(
            UUID id, CompletableFuture<Optional<UserSnapshot>> theirs, Supplier<Optional<UserSnapshot>> database) {
        try {
            return theirs.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            loading.remove(id, theirs);
            return database.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while another request loads the user", e);
        }
    }

    private Entry entry(UserSnapshot user) {
        return new Entry(user.version(), json.writeValueAsString(user));
    }

    private void write(UUID id, Entry entry) {
        if (tryWrite(id, entry, "")) {
            unwritten.asMap().remove(id, entry);
        } else {
            unwritten.asMap().merge(id, entry, (one, other) -> one.version() > other.version() ? one : other);
        }
    }

    /** @param replaced an unreadable entry */
    private boolean tryWrite(UUID id, Entry entry, String replaced) {
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
