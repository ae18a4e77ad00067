package dev.herald.user.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.RealServers;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import dev.herald.user.password.Passwords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A service on the database of a release that compared addresses by PostgreSQL's lower() and hashed passwords as they were typed. */
@UserServiceTest
@ContextConfiguration(initializers = {RealServers.class, UpgradeTest.OldDatabase.class})
@ExtendWith(OutputCaptureExtension.class)
class UpgradeTest {

    /** More than the migration updates in one statement. */
    private static final int MANY = 12_000;

    private static final String OLDER = "correct horse 42";
    private static final String YOUNGER = "wrong zebra 43";

    private static final UUID OLDER_ADA = UUID.fromString("01a22c0b-22f5-7d04-8e09-17a8ad95b471");
    private static final UUID YOUNGER_ADA = UUID.fromString("01a22c0b-244d-7caf-9fa8-1cfd8a3c3f11");
    private static final UUID OLDER_EVE = UUID.fromString("01a22c0b-2522-7832-b7f6-42882b8a3030");
    private static final UUID YOUNGER_EVE = UUID.fromString("01a22c0b-2650-73a0-8897-f57563237502");

    private static final UUID OLDER_MAX = UUID.fromString("01a22c0b-2700-7000-8000-000000000001");
    private static final UUID YOUNGER_MAX = UUID.fromString("01a22c0b-2700-7000-8000-000000000002");

    private static final List<RuntimeException> FAILURES = new ArrayList<>();

    /** Made by the migrations and over the API of commit e849e8c. */
    static class OldDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Environment settings = context.getEnvironment();
            DriverManagerDataSource database = new DriverManagerDataSource(
                    settings.getRequiredProperty("spring.datasource.url"),
                    settings.getRequiredProperty("spring.datasource.username"),
                    settings.getRequiredProperty("spring.datasource.password"));
            new ResourceDatabasePopulator(
                            false,
                            false,
                            "UTF-8",
                            new ClassPathResource("upgrade/users.sql"),
                            new ClassPathResource("upgrade/sessions.sql"))
                    .execute(database);
            new JdbcTemplate(database).update("""
                    insert into users (id, name, email, password_hash, roles, created_at, updated_at, version)
                    select gen_random_uuid(), 'One of many', 'Many-' || n || '@Example.com', 'hash', '{USER}', now(), now(), 0
                    from generate_series(1, ?) n
                    """, MANY);
            register(OLDER_MAX, "max@münchen.example", database);
            migrateTo("5", database);
            register(YOUNGER_MAX, "max@xn--mnchen-3ya.example", database);
            try {
                migrateBetweenReadAndWrite("6", database);
            } catch (RuntimeException e) {
                FAILURES.add(e);
            }
        }

        private static void migrateTo(String version, DataSource database) {
            Flyway.configure()
                    .dataSource(database)
                    .javaMigrations(new UserEmailKeyMigration())
                    .outOfOrder(true)
                    .ignoreMigrationPatterns("*:missing")
                    .target(version)
                    .load()
                    .migrate();
        }

        private static void migrateBetweenReadAndWrite(String version, DataSource database) {
            JdbcTemplate serving = new JdbcTemplate(database);
            CompletableFuture<Void> migration =
                    Objects.requireNonNull(new TransactionTemplate(new DataSourceTransactionManager(database))
                            .execute(_ -> {
                                serving.queryForList("select id from users where id = ?", OLDER_ADA);
                                CompletableFuture<Void> migrating =
                                        CompletableFuture.runAsync(() -> migrateTo(version, database));
                                await().until(() -> serving.queryForObject(
                                        "select exists (select from pg_locks where relation = 'users'::regclass and not granted)",
                                        Boolean.class));
                                serving.update("update users set name = name where id = ?", OLDER_ADA);
                                return migrating;
                            }));
            migration.join();
        }

        private static void register(UUID id, String email, DataSource database) {
            new JdbcTemplate(database).update("""
                            insert into users (id, name, email, password_hash, roles, created_at, updated_at, version)
                            values (?, 'Max', ?, 'hash', '{USER}', clock_timestamp(), now(), 0)
                            """, id, email);
        }
    }

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Users users;

    @Test
    void aMigrationLetsATransactionWriteThatHasReadTheUsers() {
        assertThat(FAILURES).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ada@bücher.example, correct horse 42",
        "ada@xn--bcher-kva.example, wrong zebra 43",
        "eve@xn--strae-oqa.example, correct horse 42",
        "Eve@straße.example, wrong zebra 43",
        "EVE@straße.example, wrong zebra 43",
        "Konrad@KÖLN.example, correct horse 42",
        "konrad@köln.example, correct horse 42",
        "konrad@xn--kln-sna.example, correct horse 42",
        "'\"grace hopper\"@example.com', correct horse 42",
        "dörte@example.com, correct horse 42",
        "İda@x.example, correct horse 42",
        "paul@example.com, correct horse 42",
        "uma@under_score.example, correct horse 42"
    })
    void everyAccountIsOpenedByItsAddress(String email, String password) {
        logIn(email, password).expect(200);
    }

    @Test
    void olderOfTwoAccountsGetsTheKey() {
        assertThat(key(OLDER_ADA)).isEqualTo("ada@xn--bcher-kva.example");
        assertThat(key(YOUNGER_ADA)).isEqualTo("ada@xn--bcher-kva.example");
        assertThat(key(OLDER_EVE)).isEqualTo("eve@xn--strae-oqa.example");
        assertThat(key(YOUNGER_EVE)).isEqualTo("eve@straße.example");
        assertThat(jdbc.queryForList(
                        "select id from users where email_key_as_typed and name not in ('Name', 'Max')", UUID.class))
                .containsExactlyInAnyOrder(YOUNGER_ADA, YOUNGER_EVE);
        // A spelling that neither account was registered with.
        logIn("ada@BÜCHER.example", OLDER).expect(200);
        logIn("ada@BÜCHER.example", YOUNGER).expect(401);
    }

    @Test
    void accountOfTheReleaseBeforeBetweenTwoMigrationsKeepsItsAddress() {
        assertThat(key(OLDER_MAX)).isEqualTo("max@xn--mnchen-3ya.example");
        assertThat(key(YOUNGER_MAX)).isEqualTo("max@xn--mnchen-3ya.example");
        assertThat(jdbc.queryForList("select id from users where email_key_as_typed and name = 'Max'", UUID.class))
                .containsExactly(YOUNGER_MAX);
    }

    @Test
    void accountsAreUnverifiedExceptTheFirstAdministrator() {
        assertThat(jdbc.queryForList("select name from users where email_verified", String.class))
                .containsExactly("Administrator");
    }

    @Test
    void addressOfTwoAccountsIsTakenInEverySpelling() {
        for (String email : List.of("ada@bücher.example", "ADA@xn--bcher-kva.example", "eve@straße.example")) {
            new Api(http)
                    .post("/api/users", Map.of("name", "Eve", "email", email, "password", OLDER))
                    .problem(409, "email-taken");
        }
    }

    @Test
    void logNamesTheYoungerAccountsByTheirIds(CapturedOutput output) {
        assertThat(output.getAll())
                .contains(YOUNGER_ADA.toString(), YOUNGER_EVE.toString())
                .doesNotContain(OLDER_ADA.toString(), OLDER_EVE.toString(), "bcher", "strae", "straß");
    }

    @Test
    void domainIsShownInALabels() {
        Api konrad = as(logIn("Konrad@KÖLN.example", OLDER));
        Answer me = konrad.get("/api/users/me").expect(200);
        assertThat(me.text("email")).isEqualTo("Konrad@xn--kln-sna.example");

        String path = "/api/users/" + me.text("id");
        for (String same : List.of("Konrad@KÖLN.example", "Konrad@xn--kln-sna.example")) {
            assertThat(konrad.put(path, Map.of("name", "Konrad", "email", same))
                            .expect(200)
                            .etag())
                    .isEqualTo(me.etag());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"grace hopper\"@example.com', correct horse 42",
        "dörte@example.com, correct horse 42",
        "İda@x.example, correct horse 42",
        "uma@under_score.example, correct horse 42",
        "ada@xn--bcher-kva.example, wrong zebra 43",
        "Eve@straße.example, wrong zebra 43"
    })
    void addressThatWouldBeRefusedNowIsKeptByAChangeOfTheName(String email, String password) {
        Api api = as(logIn(email, password));
        Answer me = api.get("/api/users/me").expect(200);

        Answer changed = api.put("/api/users/" + me.text("id"), Map.of("name", "Changed", "email", me.text("email")))
                .expect(200);

        assertThat(changed.text("name")).isEqualTo("Changed");
        assertThat(changed.text("email")).isEqualTo(me.text("email"));
        api.put("/api/users/" + me.text("id"), Map.of("name", "Changed", "email", "é" + email))
                .expect(400);
        logIn(email, password).expect(200);
    }

    @Test
    void youngerAccountCanChangeItsAddress() {
        String oldEmail = "paul@example.com";
        Api paul = as(logIn(oldEmail, OLDER));
        String path = "/api/users/" + paul.get("/api/users/me").expect(200).text("id");

        paul.put(path, Map.of("name", "Paul", "email", "İda@x.example")).problem(400, "validation-failed");
        Api admin = TestUser.admin(new Api(http)).api();
        admin.put(path, Map.of("name", "Paul", "email", "ida@x.example")).expect(200);
        logIn("ida@x.example", OLDER).expect(200);
        logIn("İda@x.example", OLDER).expect(200);
        admin.put(path, Map.of("name", "Paul", "email", oldEmail)).expect(200);
    }

    @Test
    void passwordIsTriedAsItWasTypedAndHashedAnewInNfkc() {
        logIn("nora@example.com", "p\u00e4ssw\u00f6rter42").expect(401);

        logIn("nora@example.com", "pa\u0308sswo\u0308rter42").expect(200);

        logIn("nora@example.com", "p\u00e4ssw\u00f6rter42").expect(200);
        assertThat(users.findByEmail("nora@example.com").map(User::passwordHash).orElse(""))
                .endsWith(Passwords.NFKC_MARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"never refreshed", "last of three"})
    void everySessionGoesOn(String refreshToken) {
        String next = refresh(refreshToken).expect(200).text("refreshToken");

        as(refresh(next)).get("/api/users/me").expect(200);
    }

    @Test
    void tokenThatWasUsedBeforeTheUpgradeEndsItsSession() {
        refresh("used once").problem(401, "refresh-token-reused");
        refresh("pair of it").problem(401, "refresh-token-invalid");
    }

    private Answer refresh(String token) {
        return new Api(http).post("/api/auth/refresh", Map.of("refreshToken", token));
    }

    @Test
    void administratorIsNotRegisteredAgain() {
        assertThat(jdbc.queryForObject("select count(*) from users where 'ADMIN' = any (roles)", Long.class))
                .isEqualTo(1);
    }

    @Test
    void everyAccountHasAKey() {
        assertThat(jdbc.queryForObject(
                        "select count(*) from users where email_key like 'many-%@example.com'", Integer.class))
                .isEqualTo(MANY);
    }

    /** The statements of the previous release, whose instances may still run. */
    @Test
    void instancesOfTheReleaseBeforeGoOnWriting() {
        UUID id = insertAsBefore("Old.Instance@Example.com");
        assertThat(key(id)).isEqualTo("old.instance@example.com");
        assertThat(users.findByEmail("OLD.instance@example.com")).isPresent();
        assertThatThrownBy(() -> insertAsBefore("old.INSTANCE@example.com"))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining(Users.EMAIL_KEY);

        jdbc.update("update users set name = 'N', email = ?, version = 1 where id = ?", "Other@example.com", id);
        assertThat(key(id)).isEqualTo("other@example.com");

        insertAsBefore("late@münchen.example");
        assertThat(users.findByEmail("late@münchen.example")).isPresent();
    }

    /** The release before knows nothing of verified addresses, or only whether an address is. */
    @Test
    void addressIsVerifiedOnlyIfItIsTheVerifiedOneWhicheverReleaseHasWrittenIt() {
        UUID id = insertAsBefore("verified.before@example.com");
        assertThat(isVerified(id)).isFalse();
        jdbc.update("update users set email_verified = true, version = 1 where id = ?", id);
        assertThat(isVerified(id)).isTrue();

        jdbc.update("update users set email = 'moved.before@example.com', version = 2 where id = ?", id);
        assertThat(isVerified(id)).isFalse();
        jdbc.update("update users set email_verified = true, version = 3 where id = ?", id);
        assertThat(isVerified(id)).isTrue();

        jdbc.update("update users set email = 'Moved.Before@example.com', version = 4 where id = ?", id);
        assertThat(isVerified(id)).as("the same mailbox").isTrue();
    }

    private boolean isVerified(UUID id) {
        boolean verified = users.findById(id).orElseThrow().isEmailVerified();
        assertThat(jdbc.queryForObject("select email_verified from users where id = ?", Boolean.class, id))
                .isEqualTo(verified);
        return verified;
    }

    private UUID insertAsBefore(String email) {
        UUID id = UUID.randomUUID();
        jdbc.update("""
                insert into users (id, name, email, password_hash, roles, created_at, updated_at, version)
                values (?, 'Name', ?, 'hash', '{USER}', now(), now(), 0)
                """, id, email);
        return id;
    }

    private String key(UUID id) {
        return String.valueOf(jdbc.queryForObject("select email_key from users where id = ?", String.class, id));
    }

    private Answer logIn(String email, String password) {
        return new Api(http).post("/api/auth/login", Map.of("email", email, "password", password));
    }

    private Api as(Answer login) {
        return new Api(http).as("Bearer " + login.expect(200).text("accessToken"));
    }
}
