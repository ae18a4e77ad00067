package dev.herald.user.password;

import dev.herald.platform.email.EmailAddress;
import dev.herald.platform.hash.Sha256;
import dev.herald.platform.redis.OptionalRedis;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords for each address, known or not, in Redis: five within fifteen minutes lock the address until the window ends, for
 * concurrent attempts too. There is no limit while Redis is away. A counter that is not a number counts as absent.
 */
@Component
public class PasswordAttempts {

    private static final long LIMIT = 5;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    /** {@code KEYS}: the address; {@code ARGV}: the limit, the window in ms. Defines {@code failures}, and {@code pause()} in ms. */
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

    /** Returns the milliseconds to wait. If there are none, deletes the count of failures and returns 0. */
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

    public void requireOneLeft(String email) {
        run(CHECK, email);
    }

    /** Throws too if the limit was reached meanwhile, because the response must not reveal that the password was right. */
    public void succeeded(String email) {
        run(SUCCEED, email);
    }

    public void failed(String email) {
        run(FAIL, email);
    }

    /** For an owner who has proved to be one otherwise. */
    public void forget(String email) {
        redis.call(commands -> commands.delete(key(email)), () -> false);
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

    /** Hashed, so that Redis holds no address. */
    private static String key(String email) {
        return "herald:failed-passwords:" + Sha256.hex(EmailAddress.keyOf(email));
    }
}
