package dev.herald.user.password;

import dev.herald.platform.redis.OptionalRedis;
import dev.herald.user.network.KnownNetworks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords for each account, or address without one, in Redis. Within fifteen minutes of the first, five from one network lock
 * that network out until the window ends, and fifty from all networks lock out those from which the account was not used lately. So strangers
 * cannot lock an owner out. Holds for concurrent attempts too. There is no limit while Redis is away. A counter that is not a number counts
 * as absent.
 */
@Component
public class PasswordAttempts {

    private static final long LIMIT_OF_A_NETWORK = 5;
    private static final long LIMIT_OF_ALL_NETWORKS = 50;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final UUID NO_ACCOUNT = new UUID(0, 0);

    /**
     * {@code KEYS}: a hash with a counter for each network and one for all; {@code ARGV}: the network, its limit, the limit of all, the
     * window in ms. {@code pause} returns the ms to wait if a counter is over its limit: negative if only unknown networks must wait.
     */
    private static final String COUNTERS = """
            local network, networkLimit, allLimit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
            local type = redis.call('TYPE', KEYS[1])['ok']
            if type ~= 'hash' and type ~= 'none' then
                redis.call('DEL', KEYS[1])
            end
            local function count(field)
                local stored = redis.call('HGET', KEYS[1], field)
                return stored and string.match(stored, '^[1-9]%d?%d?%d?%d?$') and tonumber(stored) or 0
            end
            local function left()
                local ms = redis.call('PTTL', KEYS[1])
                if ms < 0 then
                    redis.call('PEXPIRE', KEYS[1], ARGV[4])
                    ms = tonumber(ARGV[4])
                end
                return ms
            end
            local function pause(allowed)
                if count(network) - allowed >= networkLimit then
                    return left()
                end
                return count('all') - allowed >= allLimit and -left() or 0
            end
            """;

    private static final RedisScript<Long> CHECK = RedisScript.of(COUNTERS + "return pause(0)", Long.class);

    /** Forgets the network's failures unless it must wait. */
    private static final RedisScript<Long> SUCCEED = RedisScript.of(COUNTERS + """
            local wait = pause(0)
            if wait <= 0 then
                redis.call('HDEL', KEYS[1], network)
            end
            return wait
            """, Long.class);

    /** The failure that reaches the limit is not refused itself. */
    private static final RedisScript<Long> FAIL = RedisScript.of(COUNTERS + """
            redis.call('HSET', KEYS[1], network, count(network) + 1, 'all', count('all') + 1)
            left()
            return pause(1)
            """, Long.class);

    private final OptionalRedis redis;
    private final KnownNetworks networks;

    PasswordAttempts(OptionalRedis redis, KnownNetworks networks) {
        this.redis = redis;
        this.networks = networks;
    }

    public void requireOneLeft(PasswordAttempt attempt) {
        run(CHECK, attempt);
    }

    /** Throws too if a limit was reached meanwhile, because the response must not reveal that the password was right. */
    public void succeeded(PasswordAttempt attempt) {
        run(SUCCEED, attempt);
    }

    public void failed(PasswordAttempt attempt) {
        run(FAIL, attempt);
    }

    /** Forgets all failures, because the owner has proved another way who they are. */
    public void forget(UUID account) {
        redis.call(commands -> commands.delete(key(account.toString())), () -> false);
    }

    private void run(RedisScript<Long> script, PasswordAttempt attempt) {
        long wait = redis.call(
                commands -> commands.execute(
                        script,
                        List.of(key(attempt.subject())),
                        attempt.network().cidr(),
                        Long.toString(LIMIT_OF_A_NETWORK),
                        Long.toString(LIMIT_OF_ALL_NETWORKS),
                        Long.toString(WINDOW.toMillis())),
                () -> 0L);
        if (wait > 0 || (wait < 0 && !isKnown(attempt))) {
            throw new TooManyAttempts(Duration.ofMillis(Math.abs(wait)));
        }
    }

    /** Asks the database without an account too, so that the time of the response does not tell whether there is one. */
    private boolean isKnown(PasswordAttempt attempt) {
        UUID account = attempt.account();
        boolean known = networks.contains(account == null ? NO_ACCOUNT : account, attempt.network());
        return account != null && known;
    }

    private static String key(String subject) {
        return "herald:password-failures:" + subject;
    }
}
