package dev.herald.user.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.platform.testing.Api;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import dev.herald.user.password.PasswordAttempts;
import dev.herald.user.password.Passwords;
import dev.herald.user.token.AccountTokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.IdGenerator;

@UserServiceTest
class CredentialsTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private AccountTokens tokens;

    @Autowired
    private Users users;

    @Autowired
    private AccountChanges changes;

    @Autowired
    private Credentials credentials;

    private TestUser ada;

    @BeforeEach
    void register() {
        ada = TestUser.register(new Api(http));
    }

    /** A hash from before the cost was raised. */
    @Nested
    class WithACheaperHash {

        private static final String TODAYS = "$argon2id$v=19$m=19456,t=2,p=1$";

        private String cheaper = "";

        @BeforeEach
        void store() {
            cheaper = String.valueOf(new Argon2PasswordEncoder(16, 32, 1, 4096, 2).encode(ada.password()));
            assertThat(jdbc.update("update users set password_hash = ? where id = ?", cheaper, ada.id()))
                    .isEqualTo(1);
        }

        @Test
        void isRehashedAtLoginWithTheSameVersion() {
            String etag = ada.api().get("/api/users/me").expect(200).etag();

            TestUser again = ada.logInAgain();

            String replaced = hash();
            assertThat(replaced).startsWith(TODAYS).endsWith(Passwords.NFKC_MARK);
            assertThat(again.api().get("/api/users/me").expect(200).etag()).isEqualTo(etag);
            again.logInAgain();
            assertThat(hash()).as("once").isEqualTo(replaced);
        }

        @Test
        void isLeftAloneByAWrongPassword() {
            new Api(http)
                    .post("/api/auth/login", Map.of("email", ada.email(), "password", "not the password"))
                    .expect(401);

            assertThat(hash()).isEqualTo(cheaper);
        }

        @Test
        void mayBeReplacedBetweenTheConfirmationOfThePasswordAndTheChange() {
            String confirmed = hash();
            ada.logInAgain();
            assertThat(hash()).isNotEqualTo(confirmed);

            changes.change(ada.id(), account -> credentials.requireStill(account, ada.password(), confirmed));

            String other = "wrong zebra 43";
            ada.api()
                    .put("/api/users/me/password", Map.of("currentPassword", ada.password(), "newPassword", other))
                    .expect(204);
            assertThatThrownBy(() -> changes.change(
                            ada.id(), account -> credentials.requireStill(account, ada.password(), confirmed)))
                    .isInstanceOf(WrongPassword.class);
        }

        @Test
        void isNotPutInThePlaceOfAnotherPassword() {
            String checked = hash();
            ada.api()
                    .put(
                            "/api/users/me/password",
                            Map.of("currentPassword", ada.password(), "newPassword", "wrong zebra 43"))
                    .expect(204);
            String changed = hash();

            users.rehash(ada.id(), checked, "of the password before");

            assertThat(hash()).isEqualTo(changed);
        }
    }

    /** The same password in two Unicode forms. */
    @Nested
    class WithAPasswordThatNfkcChanges {

        private static final String COMPOSED = "p\u00e4ssw\u00f6rter42";
        private static final String DECOMPOSED = "pa\u0308sswo\u0308rter42";
        private static final String FULL_WIDTH = "ｐäｓｓｗöｒｔｅｒ４２";

        @ParameterizedTest
        @ValueSource(strings = {COMPOSED, DECOMPOSED, FULL_WIDTH})
        void logsInWithAnyFormWhicheverWasRegistered(String registered) {
            String email = TestUser.newEmail();
            new Api(http)
                    .post("/api/users", Map.of("name", "Ada", "email", email, "password", registered))
                    .expect(201);

            for (String typed : List.of(COMPOSED, DECOMPOSED, FULL_WIDTH)) {
                logIn(email, typed).expect(200);
            }
            logIn(email, "passworter42").expect(401);
        }

        @ParameterizedTest
        @ValueSource(strings = {COMPOSED, DECOMPOSED, FULL_WIDTH})
        void isChangedByAnyFormOfTheCurrentOne(String typed) {
            change(ada.password(), DECOMPOSED).expect(204);

            change(typed, "wrong zebra 43").expect(204);
        }

        @Test
        void replacesAnUnmarkedHashAtTheFirstLogin() {
            storeUnmarkedHashOf(DECOMPOSED);

            logIn(ada.email(), COMPOSED).expect(401);
            logIn(ada.email(), DECOMPOSED).expect(200);

            assertThat(hash()).endsWith(Passwords.NFKC_MARK);
            logIn(ada.email(), COMPOSED).expect(200);
        }

        @Test
        void opensAnUnmarkedHashOfItsComposedForm() {
            storeUnmarkedHashOf(COMPOSED);

            logIn(ada.email(), DECOMPOSED).expect(200);
        }

        @Test
        void leavesAnUnmarkedHashThatNfkcDoesNotConcern() {
            storeUnmarkedHashOf(COMPOSED);
            String unmarked = hash();

            logIn(ada.email(), COMPOSED).expect(200);

            assertThat(hash()).isEqualTo(unmarked);
        }

        @Test
        void isNotTriedAsTypedAgainstAMarkedHash() {
            storeUnmarkedHashOf(DECOMPOSED);
            jdbc.update(
                    "update users set password_hash = password_hash || ? where id = ?", Passwords.NFKC_MARK, ada.id());

            logIn(ada.email(), DECOMPOSED).expect(401);
        }

        @Test
        void isChangedWithAnUnmarkedHashToo() {
            storeUnmarkedHashOf(DECOMPOSED);

            change(DECOMPOSED, "wrong zebra 43").expect(204);
        }

        /** Checks the hash as the previous release does, which may still run while this one starts. */
        @Test
        void keepsAHashReadableForTheReleaseBefore() {
            assertThat(Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().matches(ada.password(), hash()))
                    .isTrue();
        }

        private Api.Answer logIn(String email, String password) {
            return new Api(http).post("/api/auth/login", Map.of("email", email, "password", password));
        }

        private Api.Answer change(String current, String next) {
            return ada.api().put("/api/users/me/password", Map.of("currentPassword", current, "newPassword", next));
        }
    }

    private void storeUnmarkedHashOf(String password) {
        assertThat(jdbc.update(
                        "update users set password_hash = ? where id = ?",
                        new Argon2PasswordEncoder(16, 32, 1, 19456, 2).encode(password),
                        ada.id()))
                .isEqualTo(1);
    }

    private String hash() {
        return String.valueOf(
                jdbc.queryForObject("select password_hash from users where id = ?", String.class, ada.id()));
    }

    /** The time of a login does not depend on whether the account exists. */
    @Nested
    class CheckingAPassword {

        @Autowired
        private PasswordEncoder passwords;

        @Autowired
        private PasswordAttempts attempts;

        @Autowired
        private IdGenerator ids;

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void computesOneHashForKnownAndUnknownAddresses(boolean known) {
            assertThat(hashesFor(known ? ada.email() : TestUser.newEmail(), "not the password"))
                    .isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void computesTwoHashesForAPasswordThatNfkcChanges(boolean known) {
            assertThat(hashesFor(known ? ada.email() : TestUser.newEmail(), "no\u0308t the password"))
                    .isEqualTo(2);
        }

        @Test
        void computesAsManyHashesForAnOldAccount() {
            storeUnmarkedHashOf(ada.password());

            assertThat(hashesFor(ada.email(), "not the password")).isEqualTo(1);
            assertThat(hashesFor(ada.email(), "no\u0308t the password")).isEqualTo(2);
        }

        private int hashesFor(String email, String password) {
            Counting hashes = new Counting(passwords);
            Credentials credentials = new Credentials(
                    users, changes, tokens, new Passwords(hashes), attempts, ids, new Credentials.Settings(false));
            hashes.made.set(0);

            assertThat(credentials.verify(email, password, new ClientNetwork("192.0.2.0/24")))
                    .isEmpty();

            assertThat(hashes.made).hasValue(0);
            return hashes.checked.get();
        }

        private record Counting(PasswordEncoder encoder, AtomicInteger made, AtomicInteger checked)
                implements PasswordEncoder {

            Counting(PasswordEncoder encoder) {
                this(encoder, new AtomicInteger(), new AtomicInteger());
            }

            @Override
            public @Nullable String encode(@Nullable CharSequence password) {
                made.incrementAndGet();
                return encoder.encode(password);
            }

            @Override
            public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
                checked.incrementAndGet();
                return encoder.matches(password, hash);
            }
        }
    }
}
