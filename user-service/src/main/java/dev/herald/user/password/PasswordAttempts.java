package dev.herald.user.password;

import dev.herald.platform.redis.OptionalRedis;
import dev.herald.user.network.KnownNetworks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords in Redis, for each account or address without an account. A window of fifteen minutes begins
 * with the first failure from a network, and one with the first failure from any network. Five failures from one
 * network lock out this network until its window ends. Fifty failures from all networks lock out those from which the
 * account was not used within 30 days, so that attackers cannot lock out the owner. Concurrent attempts cannot exceed
 * the limits. There is no limit while Redis is unavailable. A counter that is not a number counts as absent.
 */
@Component
public class PasswordAttempts {

    private static final long LIMIT_OF_A_NETWORK = 5;
    private static final long LIMIT_OF_ALL_NETWORKS = 50;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final UUID NO_ACCOUNT = new UUID(0, 0);

    /**
     * {@code KEYS}: a hash with a counter for each network and one for all, each with the end of its window;
     * {@code ARGV}: the network, its limit, the limit of all, the window in ms. {@code pause} returns the ms to wait if
     * a counter is over its limit: negative if only unknown networks must wait. Times are those of Redis.
     */
    private static final String COUNTERS = """
            local network, networkLimit, allLimit, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local type = redis.call('TYPE', KEYS[1])['ok']
            if type ~= 'hash' and type ~= 'none' then
                redis.call('DEL', KEYS[1])
            end
            local function endOf(field)
                local stored = redis.call('HGET', KEYS[1], field .. ' ends')
                return stored and string.match(stored, '^%d+$') and tonumber(stored)
            end
            local function begin(field)
                redis.call('HSET', KEYS[1], field .. ' ends', string.format('%.0f', now + window))
                redis.call('PEXPIRE', KEYS[1], ARGV[4])
                return window
            end
            local function counter(field)
                local stored = redis.call('HGET', KEYS[1], field)
                local count = stored and string.match(stored, '^[1-9]%d?%d?%d?%d?$') and tonumber(stored) or 0
                if count == 0 then
                    return 0, 0
                end
                local ends = endOf(field)
                if not ends or ends > now + window then
                    return count, begin(field)
                end
                if ends <= now then
                    return 0, 0
                end
                return count, ends - now
            end
            local function pause(allowed)
                local count, left = counter(network)
                if count - allowed >= networkLimit then
                    return left
                end
                count, left = counter('all')
                return count - allowed >= allLimit and -left or 0
            end
            """;

    private static final RedisScript<Long> CHECK = RedisScript.of(COUNTERS + "return pause(0)", Long.class);

    /** Deletes the network's counter unless the network must wait. */
    private static final RedisScript<Long> SUCCEED = RedisScript.of(COUNTERS + """
            local wait = pause(0)
            if wait <= 0 then
                redis.call('HDEL', KEYS[1], network, network .. ' ends')
            end
            return wait
            """, Long.class);

    /**
     * Counts a failure. The failure that reaches a limit is not refused itself; the next attempt is. Deletes counters
     * whose windows have ended when a new window for all networks begins.
     */
    private static final RedisScript<Long> FAIL = RedisScript.of(COUNTERS + """
            local function fail(field)
                local count = counter(field)
                redis.call('HSET', KEYS[1], field, count + 1)
                if count == 0 then
                    begin(field)
                end
            end
            if counter('all') == 0 then
                for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
                    local ends = endOf(field)
                    if ends and ends <= now then
                        redis.call('HDEL', KEYS[1], field, field .. ' ends')
                    end
                end
            end
            fail(network)
            fail('all')
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

    /** Also throws if a limit was reached meanwhile: the response must not reveal that the password was right. */
    public void succeeded(PasswordAttempt attempt) {
        run(SUCCEED, attempt);
    }

    public void failed(PasswordAttempt attempt) {
        run(FAIL, attempt);
    }

    /** Deletes all counters of the account, because a mailed link has proved that the caller is the owner. */
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

    /** Queries the database without an account too, so that the response time does not reveal whether there is one. */
    private boolean isKnown(PasswordAttempt attempt) {
        UUID account = attempt.account();
        boolean known = networks.contains(account == null ? NO_ACCOUNT : account, attempt.network());
        return account != null && known;
    }

    private static String key(String subject) {
        return "herald:password-failures:" + subject;
    }
}
