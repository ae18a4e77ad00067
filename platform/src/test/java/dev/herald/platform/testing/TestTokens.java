package dev.herald.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Stands where user-service would: issues access tokens, and serves the public key that they are checked with. */
public final class TestTokens {

    private static final Duration LIFE = Duration.ofMinutes(15);

    private static final class Issuer {
        static final RSAKey KEY = newKey("test");
        static final HttpServer SERVER = start();

        private static HttpServer start() {
            try {
                byte[] keys = publicKeys().getBytes(UTF_8);
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/.well-known/jwks.json", exchange -> {
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
                server.start();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestTokens() {}

    /** The address of the instance of user-service that all tests know. */
    public static String issuer() {
        return "http://127.0.0.1:" + Issuer.SERVER.getAddress().getPort();
    }

    /** The JWK set that checks the tokens. */
    public static String publicKeys() {
        return new JWKSet(key()).toString(true);
    }

    public static RSAKey key() {
        return Issuer.KEY;
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

    /** What a login writes into a token, to be changed. */
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
