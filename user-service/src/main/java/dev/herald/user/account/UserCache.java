package dev.herald.user.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.herald.platform.redis.OptionalRedis;
import dev.herald.user.account.CachedUsers.Entry;
import dev.herald.user.account.CachedUsers.Lookup;
import dev.herald.user.account.CachedUsers.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
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
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Users by id, cache-aside in Redis. A miss is loaded once for all requests of this process that wait for it. */
@Component
class UserCache {

    /** How long a request waits for another one that loads the same user, before it loads the user itself. */
    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(2);

    private final CachedUsers cached;
    private final Map<Outcome, Counter> lookups = new EnumMap<>(Outcome.class);
    private final Map<UUID, CompletableFuture<Optional<UserSnapshot>>> loading = new ConcurrentHashMap<>();

    /** Changes that Redis has not stored. They are dropped when the old entry in Redis has expired. */
    private final Cache<UUID, Entry> unwritten;

    UserCache(OptionalRedis redis, JsonMapper json, MeterRegistry meters, Clock clock) {
        this.cached = new CachedUsers(redis, json);
        this.unwritten = Caffeine.newBuilder()
                .expireAfterWrite(CachedUsers.TTL)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
        for (Outcome outcome : Outcome.values()) {
            lookups.put(outcome, counter(outcome, meters));
        }
        Gauge.builder("herald.cache.unwritten", unwritten, Cache::estimatedSize)
                .description("Changes that Redis has not stored yet")
                .tag("cache", "users")
                .register(meters);
    }

    private static Counter counter(Outcome outcome, MeterRegistry meters) {
        return Counter.builder("herald.cache.requests")
                .description("Look-ups, by outcome")
                .tag("cache", "users")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    Optional<UserSnapshot> find(UUID id, Supplier<Optional<UserSnapshot>> database) {
        Lookup lookup = unwritten.asMap().containsKey(id) ? Lookup.ERROR : cached.find(id);
        Objects.requireNonNull(lookups.get(lookup.outcome())).increment();
        return switch (lookup.outcome()) {
            case HIT -> lookup.user();
            case MISS -> loadOnce(id, database, lookup.unreadable());
            case ERROR -> database.get();
        };
    }

    /** To be called before the commit of a change, and followed by {@link #write} or {@link #writeDeletion}. */
    void expectChange(UUID id) {
        cached.expireSoon(id);
    }

    void write(UserSnapshot user) {
        write(user.id(), cached.entry(user));
    }

    /** To be called after the commit; {@code version} is that of the deletion. */
    void writeDeletion(UUID id, long version) {
        write(id, new Entry(version, ""));
    }

    private void write(UUID id, Entry entry) {
        if (cached.write(id, entry, "")) {
            unwritten.asMap().remove(id, entry);
        } else {
            unwritten.asMap().merge(id, entry, (one, other) -> one.version() > other.version() ? one : other);
        }
    }

    @Scheduled(fixedDelay = 1_000)
    void writeWhatIsUnwritten() {
        unwritten.cleanUp();
        for (Map.Entry<UUID, Entry> change : unwritten.asMap().entrySet()) {
            if (!cached.write(change.getKey(), change.getValue(), "")) {
                return;
            }
            unwritten.asMap().remove(change.getKey(), change.getValue());
        }
    }

    private Optional<UserSnapshot> loadOnce(UUID id, Supplier<Optional<UserSnapshot>> database, String unreadable) {
        CompletableFuture<Optional<UserSnapshot>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<UserSnapshot>> other = loading.putIfAbsent(id, mine);
        if (other != null) {
            return join(id, other, database);
        }
        try {
            Optional<UserSnapshot> user = database.get();
            user.ifPresent(found -> cached.write(id, cached.entry(found), unreadable));
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
            UUID id, CompletableFuture<Optional<UserSnapshot>> other, Supplier<Optional<UserSnapshot>> database) {
        try {
            return other.get(LOAD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            loading.remove(id, other);
            return database.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while another request loads the user", e);
        }
    }
}
