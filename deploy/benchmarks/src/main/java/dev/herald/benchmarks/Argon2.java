package dev.herald.benchmarks;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * The parameters of a hash (RFC 9106), which the hash contains.
 *
 * @param salt bytes
 * @param hash bytes
 * @param memory KiB
 */
record Argon2(int salt, int hash, int lanes, int memory, int iterations) {

    private static final Pattern HASH = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)(\\$nfkc)?");

    static Argon2 of(String stored) {
        Matcher parts = HASH.matcher(stored);
        if (!parts.matches()) {
            throw new BenchFailed("Passwords are not hashed with Argon2id here.");
        }
        return new Argon2(
                bytes(parts.group(4)),
                bytes(parts.group(5)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)));
    }

    Argon2PasswordEncoder encoder() {
        return new Argon2PasswordEncoder(salt, hash, lanes, memory, iterations);
    }

    private static int bytes(String base64) {
        return Base64.getDecoder().decode(base64).length;
    }
}
