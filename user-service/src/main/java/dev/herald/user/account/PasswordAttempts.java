package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import dev.herald.platform.hash.Sha256;
import dev.herald.platform.redis.OptionalRedis;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Failed passwords per address, known or not, in Redis: after five within fifteen minutes there is a pause, for guesses that
 * were on their way at the same time too. Without Redis there is none. A counter that is not a number counts as absent.
 */
@Component
class PasswordAttempts {

    private static final long LIMIT = 5;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    /** {@code KEYS}: the address; {@code ARGV}: the limit and the window in ms. Defines the failures, and the ms to wait at that many. */
    private static final String COUNTER = """
            local stored = redis.pcall('GET', KEYS[1])
            local failures = type(stored) == 'string' and string.match(stored, '^[1-9]%d?%d?%d?%d?$') and tonumber(stored) or 0
            local function pause()
                local left = redis.call('PTTL', KEYS[1])
                if left < 0 then
                    redis.call('PEXPIRE', KEYS[1], ARGV[2])
                    left = tonumber(ARGV[2])
                end
                return left
            end
            """;

    /** Returns the ms to wait, or 0. */
    private static final RedisScript<Long> CHECK = RedisScript.of(COUNTER + """
            return failures >= tonumber(ARGV[1]) and pause() or 0
            """, Long.class);

    /** Returns the ms to wait, or 0 and forgets the failures. */
    private static final RedisScript<Long> SUCCEED = RedisScript.of(COUNTER + """
            if failures >= tonumber(ARGV[1]) then
                return pause()
            end
            redis.call('DEL', KEYS[1])
            return 0
            """, Long.class);

    /** Returns the ms to wait, or 0. */
    private static final RedisScript<Long> FAIL = RedisScript.of(COUNTER + """
            if failures == 0 then
                redis.call('SET', KEYS[1], 1, 'PX', ARGV[2])
                return 0
            end
            failures = redis.call('INCR', KEYS[1])
            local left = pause()
            return failures > tonumber(ARGV[1]) and left or 0
            """, Long.class);

    private final OptionalRedis redis;

    PasswordAttempts(OptionalRedis redis) {
        this.redis = redis;
    }

    /** @throws TooManyAttempts before anything is hashed */
    void requireOneLeft(String email) {
        run(CHECK, email);
    }

    /** @throws TooManyAttempts if the pause has begun meanwhile: the answer must not show that the guess was right */
    void succeeded(String email) {
        run(SUCCEED, email);
    }

    /** @throws TooManyAttempts if there were too many already */
    void failed(String email) {
        run(FAIL, email);
    }

    private void run(RedisScript<Long> script, String email) {
        refuse(redis.call(
                commands -> commands.execute(
                        script, List.of(key(email)), Long.toString(LIMIT), Long.toString(WINDOW.toMillis())),
                () -> 0L));
    }

    private static void refuse(long waitMillis) {
        if (waitMillis > 0) {
            throw new TooManyAttempts(Duration.ofMillis(waitMillis));
        }
    }

    /** Redis does not need to know the address itself. */
    private static String key(String email) {
        return "herald:failed-passwords:" + Sha256.hex(EmailAddress.keyOf(email));
    }
}
