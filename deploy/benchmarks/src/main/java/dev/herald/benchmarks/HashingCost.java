package dev.herald.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of an Argon2id hash (RFC 9106), as the hash itself contains them.
 *
 * @param salt the length of the salt in bytes
 * @param hash the length of the hash in bytes
 * @param memory the memory in KiB
 */
record HashingCost(int salt, int hash, int lanes, int memory, int iterations) {

    private static final Pattern HASH = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)(\\$nfkc)?");

    static HashingCost of(String stored) {
        Matcher parts = HASH.matcher(stored);
        if (!parts.matches()) {
            throw new BenchFailed("Passwords are not hashed with Argon2id here.");
        }
        return new HashingCost(
                bytes(parts.group(4)),
                bytes(parts.group(5)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)));
    }

    /** The hashing library of user-service, with these lengths of salt and hash. */
    Argon2 library() {
        return Argon2Factory.create(Argon2Types.ARGON2id, salt, hash);
    }

    String hash(Argon2 library, String password) {
        return library.hash(iterations, memory, lanes, password.getBytes(UTF_8));
    }

    private static int bytes(String base64) {
        return Base64.getDecoder().decode(base64).length;
    }
}
