package dev.herald.user.keys;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.herald.platform.security.Claims;
import dev.herald.platform.security.SecuritySettings;
import dev.herald.user.account.Identity;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.IdGenerator;

@Component
public class AccessTokens {

    /** A key's id with an encoder for this key, because another key may become the current one during signing. */
    private record Signer(String kid, JwtEncoder encoder) {

        static Signer with(SigningKey key) {
            return new Signer(key.kid(), new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key.pair()))));
        }
    }

    private final SigningKeys keys;
    private final SecuritySettings security;
    private final TokenSettings settings;
    private final IdGenerator ids;
    private final Clock clock;
    private volatile @Nullable Signer last;

    AccessTokens(SigningKeys keys, SecuritySettings security, TokenSettings settings, IdGenerator ids, Clock clock) {
        this.keys = keys;
        this.security = security;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    public String tokenFor(Identity user, UUID session) {
        Signer signer = signer();
        Instant now = clock.instant();
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256)
                .type("JWT")
                .keyId(signer.kid())
                .build();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(security.issuer())
                .subject(user.id().toString())
                .audience(List.of(Claims.AUDIENCE))
                .claim(Claims.EMAIL, user.email())
                .claim(Claims.ROLES, user.roles().stream().sorted().toList())
                .claim(Claims.SESSION, session.toString())
                .id(ids.generateId().toString())
                .issuedAt(now)
                .expiresAt(now.plus(settings.accessToken()))
                .build();
        return signer.encoder()
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }

    private Signer signer() {
        SigningKey current = keys.current();
        Signer signer = last;
        if (signer == null || !signer.kid().equals(current.kid())) {
            signer = Signer.with(current);
            last = signer;
        }
        return signer;
    }
}
