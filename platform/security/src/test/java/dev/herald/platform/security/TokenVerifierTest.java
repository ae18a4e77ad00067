package dev.herald.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.herald.platform.testing.TestTokens;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private final RSAKey leaked = TestTokens.newKey("leaked");
    private final RSAKey sound = TestTokens.newKey("sound");
    private final Set<String> withdrawn = new HashSet<>();

    /** As a process that has not fetched the keys since one was withdrawn. */
    private final TokenVerifier verifier = new TokenVerifier(
            new ImmutableJWKSet<>(new JWKSet(List.of(leaked, sound))),
            "herald",
            session -> false,
            withdrawn::contains,
            Clock.systemUTC());

    @Test
    void refusesTokensOfAWithdrawnKey() {
        withdrawn.add("leaked");

        assertRefused(token(leaked));
        verifier.decode(token(sound));
    }

    @Test
    void forgetsRememberedTokensOfAWithdrawnKey() {
        String token = token(leaked);
        verifier.decode(token);
        assertThat(verifier.remembers(token)).isTrue();

        withdrawn.add("leaked");

        assertRefused(token);
        assertThat(verifier.remembers(token)).isFalse();
    }

    @Test
    void refusesTokensThatNameNoKey() throws JOSEException {
        withdrawn.add("leaked");
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                TestTokens.claims(UUID.randomUUID(), "USER").build());
        token.sign(new RSASSASigner(leaked));

        assertRefused(token.serialize());
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> verifier.decode(token))
                .isInstanceOf(TokenRefused.class)
                .hasMessage("invalid-token");
    }

    private static String token(RSAKey key) {
        return TestTokens.signed(
                key, TestTokens.claims(UUID.randomUUID(), "USER").build());
    }
}
