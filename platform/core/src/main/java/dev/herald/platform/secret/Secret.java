package dev.herald.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** A service's secret, which is the same in all replicas, and the independent keys that are derived from it. */
public final class Secret {

    private static final int MIN_BYTES = 32;
    private static final int KEY_BYTES = 32;

    private final byte[] bytes;

    /** @param base64 at least 32 random bytes (RFC 4648, section 4) */
    public Secret(String base64) {
        this.bytes = decode(base64);
    }

    private static byte[] decode(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("herald.secret (HERALD_SECRET) is not Base64", e);
        }
        if (bytes.length < MIN_BYTES) {
            throw new IllegalStateException(
                    "herald.secret (HERALD_SECRET) has %d bytes, and needs %d: openssl rand -base64 32"
                            .formatted(bytes.length, MIN_BYTES));
        }
        return bytes;
    }

    /**
     * A key of 256 bits (HKDF with SHA-256, RFC 5869).
     *
     * @param purpose the use of the key; each use has a different key
     * @param algorithm the key's algorithm, such as {@code AES}
     */
    public SecretKey keyFor(String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract().addIKM(bytes).thenExpand(purpose.getBytes(UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
