package dev.herald.user.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.herald.platform.security.Claims;
import dev.herald.platform.security.SecuritySettings;
import dev.herald.user.account.Identity;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.IdGenerator;

@Component
public class AccessTokens {

    /** A key's id with a signer for this key, because another key may become the current one during signing. */
    private record Signer(String kid, RSASSASigner signature) {

        static Signer with(SigningKey key) {
            try {
                RSASSASigner signature = new RSASSASigner(key.pair());
                NativeRsa.PROVIDER.ifPresent(signature.getJCAContext()::setProvider);
                return new Signer(key.kid(), signature);
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        String sign(JWTClaimsSet claims) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(kid)
                    .build();
            SignedJWT token = new SignedJWT(header, claims);
            try {
                token.sign(signature);
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
            return token.serialize();
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
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(security.issuer())
                .subject(user.id().toString())
                .audience(Claims.AUDIENCE)
                .claim(Claims.EMAIL, user.email())
                .claim(Claims.ROLES, user.roles().stream().sorted().toList())
                .claim(Claims.SESSION, session.toString())
                .jwtID(ids.generateId().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(settings.accessToken())))
                .build();
        return signer.sign(claims);
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
