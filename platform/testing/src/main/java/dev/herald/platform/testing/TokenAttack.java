package dev.herald.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A token that every service must refuse.
 *
 * @param name what is wrong with the token
 * @param code the code of the problem in the response
 */
public record TokenAttack(String name, String token, String code) {

    private static final UUID EVE = UUID.randomUUID();

    /** All attacks on a service that trusts this key. */
    public static Stream<TokenAttack> on(RSAKey key) {
        Instant now = Instant.now();
        String good = TestTokens.signed(key, claims().build());
        String[] parts = good.split("\\.", -1);
        RSAKey sameKid = TestTokens.newKey(key.getKeyID());
        return Stream.of(
                invalid("not a token", "token"),
                invalid("no signature", parts[0] + "." + parts[1] + "."),
                invalid("alg none", new PlainJWT(claims().build()).serialize()),
                invalid("HS256 with the public key", signedWithPublicKey(key)),
                invalid("another key with the same kid", TestTokens.signed(sameKid, claims().build())),
                invalid("an unknown kid", signedByUnknownKey()),
                invalid("another unknown kid", signedByUnknownKey()),
                invalid("a third unknown kid", signedByUnknownKey()),
                invalid("a fourth unknown kid", signedByUnknownKey()),
                invalid("a tampered body", parts[0] + "." + asAdmin(parts[1]) + "." + parts[2]),
                invalid("not valid yet", with(key, claims().notBeforeTime(at(now.plus(Duration.ofMinutes(5)))))),
                invalid("another issuer", with(key, claims().issuer("https://elsewhere.example"))),
                invalid("no issuer", with(key, claims().issuer(null))),
                invalid("another audience", with(key, claims().audience("elsewhere"))),
                invalid("no audience", with(key, claims().audience((String) null))),
                invalid("no expiry", with(key, claims().expirationTime(null))),
                invalid("no session", with(key, claims().claim("sid", null))),
                invalid("a subject that is no id", with(key, claims().subject("admin"))),
                new TokenAttack(
                        "expired",
                        with(
                                key,
                                claims().issueTime(at(now.minus(Duration.ofMinutes(20))))
                                        .expirationTime(at(now.minus(Duration.ofMinutes(5))))),
                        "token-expired"));
    }

    private static TokenAttack invalid(String name, String token) {
        return new TokenAttack(name, token, "invalid-token");
    }

    /** The token has a new key id in each call: a service must not fetch the keys for each unknown id. */
    private static String signedByUnknownKey() {
        return TestTokens.signed(TestTokens.newKey(UUID.randomUUID().toString()), claims().build());
    }

    private static JWTClaimsSet.Builder claims() {
        return TestTokens.claims(EVE, "USER");
    }

    private static String with(RSAKey key, JWTClaimsSet.Builder claims) {
        return TestTokens.signed(key, claims.build());
    }

    private static Date at(Instant instant) {
        return Date.from(instant);
    }

    private static String asAdmin(String body) {
        String claims = new String(Base64.getUrlDecoder().decode(body), UTF_8).replace("\"USER\"", "\"ADMIN\"");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
    }

    private static String signedWithPublicKey(RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims().build());
            token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
