package dev.herald.platform.jwe;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Encrypts short texts as compact JWE, with A256GCM and a key that both services have ({@code dir}, RFC 7518, section
 * 4.5). The {@code kid} is the key's thumbprint (RFC 7638). For the rotation of keys there can be several: the first
 * encrypts, and all decrypt.
 */
public final class JweCipher {

    private static final int KEY_BYTES = 32;

    private final List<OctetSequenceKey> keys;

    /**
     * @param base64Keys keys of 32 random bytes (RFC 4648, section 4), separated by commas
     * @param variable the environment variable that holds them, for the message of a failure
     */
    public JweCipher(String base64Keys, String variable) {
        this.keys = Arrays.stream(base64Keys.split(",", -1))
                .map(key -> key(key.strip(), variable))
                .toList();
    }

    private static OctetSequenceKey key(String base64, String variable) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == KEY_BYTES) {
                return new OctetSequenceKey.Builder(bytes).keyIDFromThumbprint().build();
            }
        } catch (IllegalArgumentException | JOSEException e) {
            // The exception is not passed on, because its message quotes the key.
        }
        throw new IllegalStateException(
                "%s needs %d bytes in Base64: openssl rand -base64 32; several are separated by commas"
                        .formatted(variable, KEY_BYTES));
    }

    public String encrypt(String secret) {
        OctetSequenceKey key = keys.getFirst();
        JWEObject jwe = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                        .keyID(key.getKeyID())
                        .build(),
                new Payload(secret));
        try {
            jwe.encrypt(new DirectEncrypter(key));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws UnreadableJwe if it is not a JWE that one of the keys has encrypted */
    public String decrypt(String compact) {
        try {
            JWEObject jwe = JWEObject.parse(compact);
            jwe.decrypt(new DirectDecrypter(keyOf(jwe.getHeader())));
            return jwe.getPayload().toString();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new UnreadableJwe("The JWE is malformed or was changed");
        }
    }

    private OctetSequenceKey keyOf(JWEHeader header) {
        return keys.stream()
                .filter(key -> key.getKeyID().equals(header.getKeyID()))
                .findFirst()
                .orElseThrow(() -> new UnreadableJwe("The key of the JWE is unknown"));
    }
}
