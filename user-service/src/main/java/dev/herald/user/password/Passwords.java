package dev.herald.user.password;

import java.text.Normalizer;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords in NFKC (NIST SP 800-63B, section 5.1.1.2) and marks such hashes. A hash without the mark was made from the password as
 * typed.
 */
@Component
public class Passwords {

    /** Appended to Argon2's encoding as one more field, which the previous release ignores. */
    public static final String NFKC_MARK = "$nfkc";

    private final PasswordEncoder encoder;

    public Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    static String normalize(CharSequence password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    public String hash(String password) {
        return encoder.encode(normalize(password)) + NFKC_MARK;
    }

    /** The number of hashes depends on the password only, so that the time does not reveal anything about the stored hash. */
    public boolean matches(String password, String hash) {
        String normalized = normalize(password);
        String unmarked = withoutMark(hash);
        boolean matches = encoder.matches(normalized, unmarked);
        if (normalized.equals(password)) {
            return matches;
        }
        boolean matchesAsTyped = encoder.matches(password, unmarked);
        return matches || (matchesAsTyped && !isMarked(hash));
    }

    /** Whether a matching hash should be replaced: its cost is outdated, or it may be of the password as typed. */
    public boolean isOutdated(String hash, String password) {
        return encoder.upgradeEncoding(withoutMark(hash))
                || (!isMarked(hash) && !normalize(password).equals(password));
    }

    private static boolean isMarked(String hash) {
        return hash.endsWith(NFKC_MARK);
    }

    private static String withoutMark(String hash) {
        return isMarked(hash) ? hash.substring(0, hash.length() - NFKC_MARK.length()) : hash;
    }
}
