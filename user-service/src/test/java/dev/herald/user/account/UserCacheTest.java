package dev.herald.user.account;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.redis.OptionalRedis;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.RealRedis;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import dev.herald.user.token.AccountTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

@UserServiceTest
class UserCacheTest {

    @Autowired
    private UserCache cache;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private RestTestClient http;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private OptionalRedis optionalRedis;

    @Autowired
    private JsonMapper json;

    @Autowired
    private Users users;

    @Autowired
    private AccountTokens tokens;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private Clock clock;

    private final UUID id = UUID.randomUUID();

    @Test
    void asksTheDatabaseOnceAndThenNoMore() {
        AtomicInteger asked = new AtomicInteger();
        double hits = count("hit");
        double misses = count("miss");

        for (int i = 0; i < 3; i++) {
            assertThat(cache.find(id, () -> {
                        asked.incrementAndGet();
                        return Optional.of(user(0));
                    }))
                    .hasValue(user(0));
        }

        assertThat(asked).hasValue(1);
        assertThat(count("hit") - hits).isEqualTo(2);
        assertThat(count("miss") - misses).isEqualTo(1);
    }

    @Test
    void asksTheDatabaseOnceForAllWhoComeAtOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        double misses = count("miss");
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<UserSnapshot>>> reads = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                reads.add(readers.submit(() -> cache.find(id, () -> {
                    asked.incrementAndGet();
                    awaitUnchecked(answer);
                    return Optional.of(user(0));
                })));
            }
            try {
                await().until(() -> count("miss") - misses == 10);
            } finally {
                answer.countDown();
            }

            for (Future<Optional<UserSnapshot>> read : reads) {
                assertThat(read.get()).hasValue(user(0));
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void isNotTakenBackByASlowReader() {
        assertThat(cache.find(id, () -> {
                    // Another request writes and caches the user after the reader has read the old version.
                    cache.write(user(1));
                    return Optional.of(user(0));
                }))
                .hasValue(user(0));

        assertThat(cached()).hasValue(user(1));
    }

    @Test
    void isNotBroughtBackAfterTheDeletion() {
        cache.write(user(4));
        cache.writeDeletion(id, 5);
        cache.write(user(4));

        assertThat(cached()).isEmpty();
    }

    @Test
    void keepsTheOldValueForAMomentOnlyWhenTheProcessDiesAfterTheCommit() {
        TestUser ada = TestUser.register(new Api(http));
        ada.api().get(ada.path()).expect(200);
        assertThat(timeToLive(ada.id())).isGreaterThan(ofSeconds(60));

        diesAfterTheCommit()
                .change(ada.id(), user -> {}, user -> user.update("Ada King", ada.email(), clock.instant()));

        assertThat(timeToLive(ada.id())).isLessThanOrEqualTo(ofSeconds(5));
        await().atMost(ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(ada.api().get(ada.path()).text("name")).isEqualTo("Ada King"));
    }

    private AccountChanges diesAfterTheCommit() {
        UserCache unwritten = new UserCache(optionalRedis, json, new SimpleMeterRegistry(), clock) {
            @Override
            void write(UserSnapshot user) {}
        };
        return new AccountChanges(users, unwritten, tokens, transactions);
    }

    private Duration timeToLive(UUID user) {
        return Duration.ofMillis(redis.getExpire("herald:user:" + user, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0|{\"id\": 17}",
                "0|{\"surname\": \"Lovelace\"}",
                "0|{\"id\"",
                "0|[]",
                "0|{}",
                "0|null",
                "0|17",
                "7|{id}",
                "0|{id}",
                "0|{another}",
                "{\"name\": \"Ada\"}",
                "nonsense",
                "nonsense|",
                "-1|",
                ""
            })
    void treatsAnEntryOfAnotherFormAsAMissAndReplacesIt(String entry) {
        TestUser ada = TestUser.register(new Api(http));
        String another = json.writeValueAsString(user(0));
        redis.opsForValue()
                .set(
                        "herald:user:" + ada.id(),
                        entry.replace("{another}", another)
                                .replace(
                                        "{id}",
                                        another.replace(id.toString(), ada.id().toString())
                                                .replace("\"name\":\"Ada 0\",", "")));
        double misses = count("miss");
        double hits = count("hit");

        assertThat(ada.api().get(ada.path()).expect(200).text("name")).isEqualTo("Ada");
        assertThat(ada.api().get(ada.path()).expect(200).text("name")).isEqualTo("Ada");

        assertThat(count("miss") - misses).isEqualTo(1);
        assertThat(count("hit") - hits).isEqualTo(1);
        ada.api()
                .put(ada.path(), Map.of("name", "Ada King", "email", ada.email()))
                .expect(200);
        assertThat(redis.opsForValue().get("herald:user:" + ada.id())).contains("Ada King");
    }

    @Test
    void replacesAnEntryOfAnotherType() {
        redis.opsForList().leftPush("herald:user:" + id, "of a list");

        assertThat(cache.find(id, () -> Optional.of(user(3)))).hasValue(user(3));

        assertThat(cached()).hasValue(user(3));
        redis.delete("herald:user:" + id);
        redis.opsForHash().put("herald:user:" + id, "of a", "hash");
        cache.write(user(4));
        assertThat(cached()).hasValue(user(4));
    }

    @Test
    void failsAllWhoWaitWhenTheLoadEndsWithAnError() {
        CountDownLatch loading = new CountDownLatch(1);
        double misses = count("miss");
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<UserSnapshot>>> reads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reads.add(readers.submit(() -> cache.find(id, () -> {
                    awaitUnchecked(loading);
                    throw new StackOverflowError("while a user is loaded");
                })));
            }
            try {
                await().until(() -> count("miss") - misses == 3);
            } finally {
                loading.countDown();
            }

            for (Future<Optional<UserSnapshot>> read : reads) {
                assertThat(read).failsWithin(ofSeconds(1));
            }
        }
        assertThat(cache.find(id, () -> Optional.of(user(0)))).hasValue(user(0));
    }

    @Test
    void waitsForAnotherReaderOnlyForAWhile() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<UserSnapshot>> stuck = readers.submit(() -> cache.find(id, () -> {
                started.countDown();
                awaitUnchecked(release);
                return Optional.of(user(0));
            }));
            try {
                started.await();

                assertThat(readers.submit(() -> cache.find(id, () -> Optional.of(user(1)))))
                        .succeedsWithin(ofSeconds(10))
                        .isEqualTo(Optional.of(user(1)));

                assertThat(stuck).isNotDone();
            } finally {
                release.countDown();
            }
            assertThat(stuck.get()).hasValue(user(0));
        }
    }

    @Test
    void forgetsAChangeThatRedisDidNotTakeWhenOlderEntriesHaveExpired() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        UserCache instance =
                new UserCache(optionalRedis, json, own, ((InstantSource) now::get).withZone(ZoneOffset.UTC));
        RealRedis.stop();
        try {
            for (int i = 0; i < 3; i++) {
                UUID user = UUID.randomUUID();
                instance.find(user, () -> Optional.of(user(0)));
                instance.writeDeletion(user, i);
            }
            instance.writeWhatIsUnwritten();
            assertThat(unwritten(own)).isEqualTo(3);

            now.set(now.get().plus(Duration.ofMinutes(61)));
            instance.writeWhatIsUnwritten();

            assertThat(unwritten(own)).isZero();
        } finally {
            RealRedis.start();
            await().atMost(ofSeconds(20)).until(this::isCircuitClosed);
        }
    }

    /** Makes more calls than the half-open circuit breaker permits. */
    private boolean isCircuitClosed() {
        double errors = count("error");
        for (int i = 0; i < 5; i++) {
            cache.find(UUID.randomUUID(), Optional::empty);
        }
        return count("error") == errors;
    }

    /** A value that a reader has failed to cache needs no retry, because it is in the database. */
    @Test
    void remembersChangesAloneForRedis() {
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        UserCache instance = new UserCache(optionalRedis, json, own, clock);
        cannotWrite(() -> {
            assertThat(instance.find(id, () -> Optional.of(user(0)))).hasValue(user(0));
            assertThat(unwritten(own)).isZero();

            instance.write(user(1));

            assertThat(unwritten(own)).isEqualTo(1);
            assertThat(instance.find(id, () -> Optional.of(user(1)))).hasValue(user(1));
        });
        instance.writeWhatIsUnwritten();
        assertThat(unwritten(own)).isZero();
        assertThat(cached()).hasValue(user(1));
    }

    /** Redis answers reads but refuses writes, as if it were full. */
    private void cannotWrite(Runnable work) {
        configure("1");
        try {
            work.run();
        } finally {
            configure("0");
        }
    }

    private void configure(String maxMemory) {
        redis.execute(
                connection -> {
                    connection.serverCommands().setConfig("maxmemory", maxMemory);
                    return true;
                },
                false);
    }

    private static double unwritten(MeterRegistry meters) {
        return meters.get("herald.cache.unwritten").gauge().value();
    }

    @Test
    void readsTheDatabaseWithoutRedisAndCatchesUpAfterwards() {
        cache.write(user(0));
        double errors = count("error");
        RealRedis.stop();
        try {
            cache.write(user(1));

            assertThat(cache.find(id, () -> Optional.of(user(1)))).hasValue(user(1));
            assertThat(count("error")).isGreaterThan(errors);
        } finally {
            RealRedis.start();
        }
        await().atMost(ofSeconds(20)).until(() -> cached().equals(Optional.of(user(1))));
    }

    /** Reads the cache, with an empty database behind it. */
    private Optional<UserSnapshot> cached() {
        return cache.find(id, Optional::empty);
    }

    private UserSnapshot user(long version) {
        return new UserSnapshot(
                id,
                "Ada " + version,
                "ada@example.com",
                false,
                null,
                Set.of(Role.USER),
                Instant.EPOCH,
                Instant.EPOCH,
                version);
    }

    private double count(String outcome) {
        return meters.get("herald.cache.requests")
                .tags("cache", "users", "outcome", outcome)
                .counter()
                .count();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
