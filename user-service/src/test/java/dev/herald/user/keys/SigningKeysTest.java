package dev.herald.user.keys;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.herald.platform.secret.Secret;
import dev.herald.platform.security.SecuritySettings;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.UserServiceTest;
import dev.herald.user.account.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.IdGenerator;

@UserServiceTest
class SigningKeysTest {

    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(15);
    private static final Duration SIGNING_KEY = Duration.ofDays(30);
    private static final Duration PUBLISH_AHEAD = Duration.ofMinutes(10);
    private static final TokenSettings SETTINGS =
            new TokenSettings(ACCESS_TOKEN, Duration.ofDays(30), Duration.ZERO, SIGNING_KEY, PUBLISH_AHEAD);

    @Autowired
    private RestTestClient http;

    @Test
    void arePublishedWithoutTheirPrivateHalves() throws ParseException {
        Answer answer = new Api(http).get("/.well-known/jwks.json").expect(200);

        JWKSet keys = JWKSet.parse(answer.json().toString());
        assertThat(keys.getKeys()).isNotEmpty().allSatisfy(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getAlgorithm().getName()).isEqualTo("RS256");
            assertThat(key.getKeyUse().getValue()).isEqualTo("sig");
        });
        assertThat(answer.header("Cache-Control")).contains("public", "max-age=300");
    }

    /** Several instances with their own table and clock. */
    @Nested
    class OfSeveralInstances {

        @Autowired
        private JdbcConnectionDetails database;

        @Autowired
        private Secret secret;

        @Autowired
        private SecuritySettings security;

        @Autowired
        private IdGenerator ids;

        /** As all instances hear of them from Redis. */
        private final Set<String> withdrawn = new HashSet<>();

        private DriverManagerDataSource tables = new DriverManagerDataSource();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private final Clock clock = ((InstantSource) () -> now).withZone(UTC);

        @BeforeEach
        void createTables() {
            String schema = "keys_" + UUID.randomUUID().toString().replace("-", "");
            DriverManagerDataSource server = new DriverManagerDataSource(
                    database.getJdbcUrl(),
                    String.valueOf(database.getUsername()),
                    String.valueOf(database.getPassword()));
            JdbcClient.create(server).sql("create schema " + schema).update();
            tables = new DriverManagerDataSource(
                    database.getJdbcUrl() + "&currentSchema=" + schema,
                    String.valueOf(database.getUsername()),
                    String.valueOf(database.getPassword()));
            new ResourceDatabasePopulator(
                            new ClassPathResource("db/migration/V3__sessions.sql"),
                            new ClassPathResource("db/migration/V23__withdrawn_key.sql"),
                            new ClassPathResource("db/migration/V33__retired_key.sql"))
                    .execute(tables);
        }

        @Test
        void areTheSame() {
            Instance one = instance(secret);
            Instance other = instance(secret);

            assertThat(other.current().kid()).isEqualTo(one.current().kid());
            assertThat(other.publicKeys()).isEqualTo(one.publicKeys());
        }

        @Test
        void survivesARestart() throws JOSEException {
            SigningKey before = instance(secret).current();

            SigningKey after = instance(secret).current();

            assertThat(after.pair().toRSAPrivateKey().getPrivateExponent())
                    .isEqualTo(before.pair().toRSAPrivateKey().getPrivateExponent());
        }

        @Test
        void arePublishedEverywhereBeforeTheySign() {
            Instance one = instance(secret);
            Instance other = instance(secret);
            String old = one.current().kid();

            String next = one.rotate().kid();
            other.check();

            assertThat(kids(one)).containsExactly(old, next);
            assertThat(kids(other)).containsExactly(old, next);
            assertThat(one.current().kid()).isEqualTo(old);
            now = now.plus(PUBLISH_AHEAD);
            assertThat(one.current().kid()).isEqualTo(next);
            assertThat(other.current().kid()).isEqualTo(next);
        }

        @Test
        void arePublishedUntilTheirLastTokenIsDead() {
            Instance keys = instance(secret);
            String old = keys.current().kid();
            String next = keys.rotate().kid();

            now = now.plus(PUBLISH_AHEAD).plus(ACCESS_TOKEN);
            keys.check();
            assertThat(kids(keys)).containsExactly(old, next);

            now = now.plus(Duration.ofMinutes(2));
            keys.check();
            keys.check();
            assertThat(kids(keys)).containsExactly(next);
        }

        @Test
        void changeInTimeByThemselvesAndOnceForAllInstances() {
            Instance one = instance(secret);
            Instance other = instance(secret);
            String old = one.current().kid();

            now = now.plus(SIGNING_KEY).minus(PUBLISH_AHEAD);
            one.check();
            other.check();
            one.check();

            assertThat(kids(one)).hasSize(2).startsWith(old);
            assertThat(kids(other)).isEqualTo(kids(one));
            now = now.plus(PUBLISH_AHEAD);
            assertThat(one.current().kid()).isNotEqualTo(old);
        }

        @Test
        void areMeasuredByTheTimeThatTheyHaveSigned() {
            Instance keys = instance(secret);
            MeterRegistry meters = new SimpleMeterRegistry();
            new SigningKeyMetrics(keys.keys(), SETTINGS, clock).bindTo(meters);

            now = now.plus(Duration.ofDays(3));

            assertThat(days(meters, "herald.signing.key.age")).isEqualTo(3);
            assertThat(days(meters, "herald.signing.key.lifetime")).isEqualTo(30);
            keys.keys().stop();
            assertThat(days(meters, "herald.signing.key.age")).isZero();
        }

        private static double days(MeterRegistry meters, String gauge) {
            return meters.get(gauge).timeGauge().value(TimeUnit.DAYS);
        }

        @Test
        void signOnAnInstanceWhoseClockIsBehind() {
            String first = instance(secret).current().kid();
            now = now.minus(Duration.ofDays(1));
            Instance behind = instance(secret);

            assertThat(behind.current().kid()).isEqualTo(first);
            String next = behind.rotate().kid();
            now = now.minus(Duration.ofDays(1));

            assertThat(behind.current().kid())
                    .as("the newest")
                    .isEqualTo(kids(behind).getLast());
            assertThat(kids(behind)).contains(first, next);
        }

        @Test
        void areReplacedAtOnceWhenTheOnlyOneIsWithdrawn() {
            Instance one = instance(secret);
            Instance other = instance(secret);
            String leaked = one.current().kid();

            assertThat(one.withdraw(leaked)).isTrue();

            String next = one.current().kid();
            assertThat(kids(one)).containsExactly(next).doesNotContain(leaked);
            withdrawn.add(leaked);
            assertThat(other.current().kid()).isEqualTo(next);
            assertThat(kids(other)).containsExactly(next);
            assertThat(kids(instance(secret))).containsExactly(next);
        }

        @Test
        void leaveTheNextToThePublishedOneWhenTheFirstIsWithdrawn() {
            Instance keys = instance(secret);
            String leaked = keys.current().kid();
            String next = keys.rotate().kid();

            assertThat(keys.withdraw(leaked)).isTrue();

            assertThat(keys.current().kid()).as("before its time").isEqualTo(next);
            keys.check();
            assertThat(kids(keys)).containsExactly(next);
        }

        @Test
        void areWithdrawnOnceForAllInstances() {
            Instance one = instance(secret);
            Instance other = instance(secret);
            String leaked = one.current().kid();
            one.withdraw(leaked);
            String next = one.current().kid();

            assertThat(other.withdraw(leaked)).isTrue();

            assertThat(other.current().kid()).isEqualTo(next);
            assertThat(one.withdraw("made-up")).isFalse();
            assertThat(kids(one)).containsExactly(next);
        }

        /** A verifier that cannot fetch the keys may still accept it. */
        @Test
        void canBeWithdrawnAfterTheyAreNotPublishedAnyMore() {
            Instance keys = instance(secret);
            String old = keys.current().kid();
            String next = keys.rotate().kid();
            now = now.plus(PUBLISH_AHEAD).plus(ACCESS_TOKEN).plus(Duration.ofMinutes(2));
            keys.check();
            assertThat(kids(keys)).containsExactly(next);

            assertThat(keys.withdraw(old)).isTrue();

            assertThat(kids(keys)).containsExactly(next);
            assertThat(JdbcClient.create(tables)
                            .sql("select kid from withdrawn_key")
                            .query(String.class)
                            .list())
                    .containsExactly(old);
        }

        @Test
        void signATokenDuringWhichTheyAreWithdrawn() {
            Instance keys = instance(secret);
            String leaked = keys.current().kid();
            AccessTokens tokens = new AccessTokens(
                    keys.keys(),
                    security,
                    SETTINGS,
                    () -> {
                        keys.withdraw(leaked);
                        return ids.generateId();
                    },
                    clock);
            Identity ada = new Identity(ids.generateId(), "Ada", "ada@example.com", Set.of("USER"), 0);

            assertThat(kidOf(tokens.tokenFor(ada, ids.generateId()))).isEqualTo(leaked);
            assertThat(kidOf(tokens.tokenFor(ada, ids.generateId())))
                    .isEqualTo(keys.current().kid())
                    .isNotEqualTo(leaked);
        }

        private static String kidOf(String token) {
            try {
                return SignedJWT.parse(token).getHeader().getKeyID();
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void lieInTheDatabaseEncrypted() throws JOSEException {
            SigningKey key = instance(secret).current();

            String rows = JdbcClient.create(tables)
                    .sql("select encode(private_key, 'hex') || ' ' || public_key from signing_key")
                    .query(String.class)
                    .single();

            String exponent = HexFormat.of()
                    .formatHex(key.pair().toRSAPrivateKey().getPrivateExponent().toByteArray());
            assertThat(rows).doesNotContain(exponent).doesNotContain("\"d\"");
        }

        @Test
        void cannotBeReadWithAnotherSecret() {
            assertThat(instance(secret).current()).isNotNull();
            Secret another = new Secret(Base64.getEncoder()
                    .encodeToString("another secret of thirty-two byt".getBytes(StandardCharsets.US_ASCII)));

            assertThatThrownBy(() -> instance(another))
                    .isInstanceOf(UnreadableSigningKey.class)
                    .hasMessageContaining("HERALD_SECRET");
        }

        private record Instance(SigningKeys keys, KeyRotation rotation) {

            SigningKey current() {
                return keys.current();
            }

            String publicKeys() {
                return keys.publicKeys();
            }

            SigningKey rotate() {
                return rotation.rotate();
            }

            boolean withdraw(String kid) {
                return rotation.withdraw(kid);
            }

            void check() {
                rotation.check();
            }
        }

        private Instance instance(Secret ofInstance) {
            SigningKeyTable table = new SigningKeyTable(JdbcClient.create(tables), ofInstance);
            TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(tables));
            SigningKeys keys = new SigningKeys(table, withdrawn::contains, transactions, ids, clock);
            keys.start();
            return new Instance(keys, new KeyRotation(keys, table, SETTINGS, transactions, ids, clock));
        }

        private static List<String> kids(Instance keys) {
            try {
                return JWKSet.parse(keys.publicKeys()).getKeys().stream()
                        .map(JWK::getKeyID)
                        .toList();
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
