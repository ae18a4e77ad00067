package dev.herald.user.account;

import dev.herald.platform.hash.Sha256;
import dev.herald.platform.redis.OptionalRedis;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Failed passwords per address, known or not, in Redis: after five within fifteen minutes there is a pause, for guesses that
 * were on their way at the same time too. Without Redis there is none.
 */
@Component
class PasswordAttempts {

    private static final long LIMIT = 5;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    /** {@code KEYS}: the address; {@code ARGV}: the limit. Returns the ms to wait, or 0 and forgets the failures. */
    private static final RedisScript<Long> SUCCEED = RedisScript.of("""
            if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then
                return redis.call('PTTL', KEYS[1])
            end
            redis.call('DEL', KEYS[1])
            return 0
            """, Long.class);

    /** {@code KEYS}: the address; {@code ARGV}: the limit and the window in ms. Returns the ms to wait, or 0. */
    private static final RedisScript<Long> FAIL = RedisScript.of("""
            local failures = redis.call('INCR', KEYS[1])
            if failures == 1 then
                redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            return failures > tonumber(ARGV[1]) and redis.call('PTTL', KEYS[1]) or 0
            """, Long.class);

    private final OptionalRedis redis;

    PasswordAttempts(OptionalRedis redis) {
        this.redis = redis;
    }

    /** @throws TooManyAttempts before anything is hashed */
    void requireOneLeft(String email) {
        refuse(redis.call(
                commands -> {
                    String failures = commands.opsForValue().get(key(email));
                    return failures == null || Long.parseLong(failures) < LIMIT
                            ? 0L
                            : commands.getExpire(key(email), TimeUnit.MILLISECONDS);
                },
                () -> 0L));
    }

    /** @throws TooManyAttempts if the pause has begun meanwhile: a guess that was right must not be told so */
    void succeeded(String email) {
        refuse(redis.call(commands -> commands.execute(SUCCEED, List.of(key(email)), Long.toString(LIMIT)), () -> 0L));
    }

    /** @throws TooManyAttempts if there were too many already */
    void failed(String email) {
        refuse(redis.call(
                commands -> commands.execute(
                        FAIL, List.of(key(email)), Long.toString(LIMIT), Long.toString(WINDOW.toMillis())),
                () -> 0L));
    }

    private static void refuse(long waitMillis) {
        if (waitMillis > 0) {
            throw new TooManyAttempts(Duration.ofMillis(waitMillis));
        }
    }

    /** The address itself need not lie in Redis. */
    private static String key(String email) {
        return "herald:failed-passwords:" + Sha256.hex(email.toLowerCase(Locale.ROOT));
    }
}
