package dev.herald.user.account;

import java.text.Normalizer;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords in NFKC (NIST SP 800-63B, section 5.1.1.2) and marks these hashes. A hash without the mark is of a password as it
 * was typed.
 */
@Component
class Passwords {

    /** A field behind the last one of Argon2's encoding: instances of the release before ignore it. */
    static final String NFKC_MARK = "$nfkc";

    private final PasswordEncoder encoder;

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    static String normalize(CharSequence password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    String hash(String password) {
        return encoder.encode(normalize(password)) + NFKC_MARK;
    }

    /** Takes two hashes if NFKC changes the password, and otherwise one, whatever the hash: its time depends on the password alone. */
    boolean matches(String password, String hash) {
        String normalized = normalize(password);
        String unmarked = withoutMark(hash);
        boolean matches = encoder.matches(normalized, unmarked);
        if (normalized.equals(password)) {
            return matches;
        }
        boolean matchesAsTyped = encoder.matches(password, unmarked);
        return matches || (matchesAsTyped && !isMarked(hash));
    }

    /** Whether a hash that matches the password should be replaced: it is cheaper than a new one, or may be of the password as typed. */
    boolean isOutdated(String hash, String password) {
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
