package dev.herald.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Access tokens as user-service would issue them, whose keys {@link OtherService#USER_SERVICE} serves. */
public final class TestTokens {

    private static final Duration LIFE = Duration.ofMinutes(15);

    private static final RSAKey KEY = newKey("test");

    private TestTokens() {}

    /** The JWK set that verifies the tokens. */
    public static String publicKeys() {
        return new JWKSet(key()).toString(true);
    }

    public static RSAKey key() {
        return KEY;
    }

    /** The {@code Authorization} header of a user. */
    public static String bearer(UUID user) {
        return bearer(user, "USER");
    }

    public static String admin() {
        return bearer(UUID.randomUUID(), "USER", "ADMIN");
    }

    public static String bearer(UUID user, String... roles) {
        return "Bearer " + signed(key(), claims(user, roles).build());
    }

    /** The claims of a login's token; a test may change them. */
    public static JWTClaimsSet.Builder claims(UUID user, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("herald")
                .subject(user.toString())
                .audience("herald")
                .claim("email", user + "@example.com")
                .claim("roles", List.of(roles))
                .claim("sid", UUID.randomUUID().toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)));
    }

    public static String signed(RSAKey key, JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RSAKey newKey(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
