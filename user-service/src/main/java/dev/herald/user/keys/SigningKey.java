package dev.herald.user.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Instant;
import org.springframework.util.IdGenerator;

/**
 * A key pair that signs access tokens.
 *
 * @param pair RSA, 2048 bits
 * @param createdAt when it was made and first published
 * @param signsFrom when it replaces the previous key
 */
record SigningKey(RSAKey pair, Instant createdAt, Instant signsFrom) {

    private static final int BITS = 2048;

    static SigningKey generate(IdGenerator ids, Instant now, Instant signsFrom) {
        try {
            RSAKey pair = new RSAKeyGenerator(BITS)
                    .keyID(ids.generateId().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            return new SigningKey(pair, now, signsFrom);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String kid() {
        return pair.getKeyID();
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid() + "]";
    }
}
