package dev.herald.user.session;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.client.Client;
import dev.herald.platform.client.ClientNetwork;
import dev.herald.platform.testing.Api;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import dev.herald.user.account.Credentials;
import dev.herald.user.keys.TokenSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionOperations;

/** The table in the Javadoc of {@link Refresh}, with several instances on one database. */
@UserServiceTest
class RefreshTest {

    private static final String PAIR = "pair";

    private static final Client CLIENT = new Client(new ClientNetwork("192.0.2.0/24"), null);

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Refresh refresh;

    @Autowired
    private Credentials credentials;

    @Autowired
    private RefreshTokenTable tokens;

    @Autowired
    private SessionTable table;

    @Autowired
    private TokenPairs pairs;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TokenSettings settings;

    @Autowired
    private TransactionOperations transactions;

    private TestUser ada;
    private RefreshToken token = new RefreshToken("");

    @BeforeEach
    void logIn() {
        ada = TestUser.register(new Api(http));
        token = new RefreshToken(ada.refreshToken());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            unused                                    | 0 |    |       |       |       | pair                  | goes on
            unused, expired                           | 0 |    |       | true  |       | refresh-token-invalid | goes on
            unused, session ended                     | 0 |    |       |       | true  | refresh-token-invalid | ended
            used a moment ago                         | 1 | 0  |       |       |       | pair                  | goes on
            used 9 s ago                              | 1 | 9  |       |       |       | pair                  | goes on
            used 11 s ago                             | 1 | 11 |       |       |       | refresh-token-reused  | ended
            used twice                                | 2 | 5  |       |       |       | pair                  | goes on
            used twice, first 11 s ago                | 2 | 11 |       |       |       | refresh-token-reused  | ended
            used three times                          | 3 | 5  |       |       |       | refresh-token-reused  | ended
            used, pair refreshed                      | 1 | 5  | true  |       |       | refresh-token-reused  | ended
            used twice, last pair refreshed           | 2 | 5  | true  |       |       | refresh-token-reused  | ended
            used 11 s ago, pair refreshed             | 1 | 11 | true  |       |       | refresh-token-reused  | ended
            used a moment ago, expired                | 1 | 5  |       | true  |       | refresh-token-invalid | goes on
            used a moment ago, session ended          | 1 | 5  |       |       | true  | refresh-token-invalid | ended
            used 11 s ago, session ended              | 1 | 11 |       |       | true  | refresh-token-invalid | ended
            """)
    void decides(
            String state,
            int uses,
            @Nullable Integer secondsAgo,
            @Nullable Boolean pairRefreshed,
            @Nullable Boolean expired,
            @Nullable Boolean ended,
            String answer,
            String session) {
        List<Tokens> pairs = new ArrayList<>();
        for (int i = 0; i < uses; i++) {
            pairs.add(refresh.refresh(token, CLIENT));
        }
        if (secondsAgo != null) {
            jdbc.update(
                    "update refresh_token set used_at = now() - ? * interval '1 s' where hash = ?",
                    secondsAgo,
                    token.hash());
        }
        if (pairRefreshed != null) {
            refresh.refresh(tokenOf(pairs.getLast()), CLIENT);
        }
        if (expired != null) {
            jdbc.update("update refresh_token set expires_at = now() where hash = ?", token.hash());
        }
        if (ended != null) {
            jdbc.update("update session set revoked_at = now() where user_id = ?", ada.id());
        }

        assertThat(answer(refresh)).isEqualTo(answer);
        assertThat(sessionGoesOn()).isEqualTo(session.equals("goes on"));
    }

    @Test
    void refusesATokenThatTheReleaseBeforeHasExchanged() {
        jdbc.update("update refresh_token set used_at = now() where hash = ?", token.hash());

        assertThat(answer(refresh)).isEqualTo("refresh-token-reused");
    }

    @Test
    void everyPairOfATokenGoesOn() {
        List<Tokens> pairs =
                List.of(refresh.refresh(token, CLIENT), refresh.refresh(token, CLIENT), refresh.refresh(token, CLIENT));

        for (Tokens pair : pairs) {
            refresh.refresh(tokenOf(pair), CLIENT);
        }
        assertThat(sessionGoesOn()).isTrue();
    }

    @Test
    void reuseCanBeTurnedOff() {
        Refresh strict = instance(Clock.systemUTC(), Duration.ZERO);
        strict.refresh(token, CLIENT);

        assertThat(answer(strict)).isEqualTo("refresh-token-reused");
        assertThat(sessionGoesOn()).isFalse();
    }

    @Test
    void givesPairsToTwoInstancesAtTheSameMoment() throws Exception {
        Refresh other = instance(Clock.systemUTC(), settings.refreshReuseInterval());

        assertThat(atOnce(List.of(refresh, other))).containsExactly(PAIR, PAIR);
        assertThat(sessionGoesOn()).isTrue();
    }

    @Test
    void givesThreePairsToManyAtTheSameMoment() throws Exception {
        assertThat(atOnce(Collections.nCopies(8, refresh)))
                .filteredOn(PAIR::equals)
                .hasSize(3);
        assertThat(sessionGoesOn()).isFalse();
    }

    @Test
    void decidesByTheDatabasesClock() {
        for (Duration wrong : List.of(ofHours(1), ofHours(-1))) {
            logIn();
            Refresh other = instance(Clock.offset(Clock.systemUTC(), wrong), settings.refreshReuseInterval());

            other.refresh(token, CLIENT);
            assertThat(answer(refresh)).isEqualTo(PAIR);
            assertThat(answer(other)).isEqualTo(PAIR);
            assertThat(jdbc.queryForObject(
                            "select expires_at between now() + interval '29 days' and now() + interval '30 days' "
                                    + "from session where user_id = ?",
                            Boolean.class,
                            ada.id()))
                    .isTrue();
        }
    }

    private Refresh instance(Clock clock, Duration reuseInterval) {
        TokenSettings ofInstance = new TokenSettings(
                settings.accessToken(),
                settings.refreshToken(),
                reuseInterval,
                settings.signingKey(),
                settings.publishAhead());
        return new Refresh(
                credentials, tokens, table, new Sessions(table, events, clock), pairs, ofInstance, transactions);
    }

    private String answer(Refresh instance) {
        try {
            assertThat(instance.refresh(token, CLIENT).refreshToken()).isNotEqualTo(token.value());
            return PAIR;
        } catch (RefreshTokenReused e) {
            return "refresh-token-reused";
        } catch (RefreshTokenInvalid e) {
            return "refresh-token-invalid";
        }
    }

    private List<String> atOnce(List<Refresh> instances) throws InterruptedException {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            return clients
                    .invokeAll(instances.stream()
                            .map(instance -> (Callable<String>) () -> answer(instance))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private static RefreshToken tokenOf(Tokens pair) {
        return new RefreshToken(String.valueOf(pair.refreshToken()));
    }

    private boolean sessionGoesOn() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select revoked_at is null from session where user_id = ?", Boolean.class, ada.id()));
    }
}
