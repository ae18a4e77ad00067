package dev.herald.user.keys;

import static java.time.ZoneOffset.UTC;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import dev.herald.platform.revocation.WithdrawnKey;
import dev.herald.platform.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Repository;

/** Stores the signing keys, the private ones encrypted, and the ids of retired and of withdrawn keys. */
@Repository
class SigningKeyTable {

    private static final int NONCE_BYTES = 16;

    private final JdbcClient sql;
    private final BytesEncryptor encryptor;

    SigningKeyTable(JdbcClient sql, Secret secret) {
        this.sql = sql;
        this.encryptor = AesGcmBytesEncryptor.withSecretKey(secret.keyFor("signing keys", "AES"))
                .ivGenerator(KeyGenerators.secureRandom(NONCE_BYTES))
                .build();
    }

    /** Lets one instance at a time change the keys, until its transaction ends. */
    void lock() {
        sql.sql("select pg_advisory_xact_lock(hashtext('herald.signing_key'))")
                .query((row, index) -> index)
                .list();
    }

    List<String> kids() {
        return sql.sql("select kid from signing_key order by signs_from")
                .query((row, index) -> row.getString("kid"))
                .list();
    }

    List<SigningKey> all() {
        return sql.sql(
                        "select kid, public_key, private_key, created_at, signs_from from signing_key order by signs_from")
                .query((row, index) -> new SigningKey(
                        pair(row.getString("kid"), row.getString("public_key"), row.getBytes("private_key")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("signs_from", OffsetDateTime.class).toInstant()))
                .list();
    }

    void add(SigningKey key) {
        sql.sql("""
                insert into signing_key (kid, public_key, private_key, created_at, signs_from)
                values (:kid, :public, :private, :createdAt, :signsFrom)
                """)
                .param("kid", key.kid())
                .param("public", key.pair().toPublicJWK().toJSONString())
                .param("private", encrypted(key))
                .param("createdAt", key.createdAt().atOffset(UTC))
                .param("signsFrom", key.signsFrom().atOffset(UTC))
                .update();
    }

    /** Deletes keys that neither sign nor verify any more, and stores their ids. */
    void retire(Collection<String> kids, Instant now) {
        if (!kids.isEmpty()) {
            sql.sql("""
                    with retired as (delete from signing_key where kid in (:kids) returning kid)
                    insert into retired_key (kid, retired_at) select kid, :now from retired on conflict do nothing
                    """).param("kids", kids).param("now", now.atOffset(UTC)).update();
        }
    }

    boolean isRetired(String kid) {
        return exists("retired_key", kid);
    }

    void withdraw(String kid, Instant now) {
        sql.sql("insert into withdrawn_key (kid, withdrawn_at) values (:kid, :now) on conflict do nothing")
                .param("kid", kid)
                .param("now", now.atOffset(UTC))
                .update();
        sql.sql("delete from signing_key where kid = :kid").param("kid", kid).update();
    }

    boolean isWithdrawn(String kid) {
        return exists("withdrawn_key", kid);
    }

    private boolean exists(String table, String kid) {
        return sql.sql("select exists (select from %s where kid = :kid)".formatted(table))
                .param("kid", kid)
                .query(Boolean.class)
                .single();
    }

    List<WithdrawnKey> withdrawnSince(Instant moment, Duration rememberedFor) {
        return sql.sql("select kid, withdrawn_at from withdrawn_key where withdrawn_at > :moment")
                .param("moment", moment.atOffset(UTC))
                .query((row, index) -> new WithdrawnKey(
                        row.getString("kid"),
                        row.getObject("withdrawn_at", OffsetDateTime.class)
                                .toInstant()
                                .plus(rememberedFor)))
                .list();
    }

    private byte[] encrypted(SigningKey key) {
        try {
            return encryptor.encrypt(key.pair().toPrivateKey().getEncoded());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private RSAKey pair(String kid, String publicKey, byte[] encryptedKey) {
        byte[] privateKey;
        try {
            privateKey = encryptor.decrypt(encryptedKey);
        } catch (IllegalStateException e) {
            throw new UnreadableSigningKey(kid, e);
        }
        try {
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            return new RSAKey.Builder(RSAKey.parse(publicKey)).privateKey(key).build();
        } catch (GeneralSecurityException | ParseException e) {
            throw new UnreadableSigningKey(kid, e);
        }
    }
}
