package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.AcknowledgedWrites.Kind;
import dev.herald.local.AcknowledgedWrites.Write;
import dev.herald.local.Client.Member;
import dev.herald.local.Client.Tokens;
import dev.herald.local.process.Folders;
import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Suite;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The steps of deploy/operations/backup.md, on a suite whose data is destroyed under load. */
@SlowTest
class RestoreIT {

    private static final Path HOME = Path.of("target/restore").toAbsolutePath();
    private static final Path SCRIPTS = Checkout.root().resolve("deploy/operations/restore");
    private static final List<String> SERVICES = List.of("user-service", "post-service", "notification-service");

    /** Writes that were acknowledged this shortly before the loss may not have reached Kafka. */
    private static final Duration UNPUBLISHED = ofSeconds(2);

    private final Settings settings = TestSettings.onFreePorts(HOME.resolve("suite"));
    private final Suite suite = new Suite(settings);
    private final Client client = new Client(settings);
    private final Inbox inbox = new Inbox(settings);
    private final DatabaseBackup backup =
            new DatabaseBackup(settings.postgres(), settings.home().data("postgres"), HOME.resolve("backup"));

    /** What was acknowledged, and when everything ended. */
    private record Loss(List<Write> writes, List<String> addresses, Instant moment, Instant at) {}

    @BeforeEach
    void start() throws Exception {
        Folders.delete(HOME);
        suite.up();
        backup.archiveTheWal();
        suite.restart("postgres");
        await().atMost(ofMinutes(1))
                .ignoreExceptions()
                .until(() -> client.register().id() != null);
    }

    @AfterEach
    void stop() throws InterruptedException {
        suite.down();
    }

    @Test
    void everythingAgreesAndEveryGapIsNamedWhenKafkaSurvives() throws Exception {
        Member ada = client.register();
        Member eve = client.register();
        Tokens before = client.logIn(ada);
        Tokens eves = client.logIn(eve);
        Set<String> keys = signingKeys();

        Loss loss = loseEverything(List.of("postgres", "redis"), () -> {
            rename(ada, before, "Lost");
            assertThat(client.delete("/api/users/" + eve.id(), eves).statusCode())
                    .isEqualTo(204);
        });
        Instant began = Instant.now();
        restoreDatabases(loss);
        Suite restored = startServices(loss);
        Set<String> named = new HashSet<>(changes(Port.USER_SERVICE_MANAGEMENT, loss.moment()));
        named.addAll(changes(Port.POST_SERVICE_MANAGEMENT, loss.moment()));
        JsonNode republished = republish(Port.USER_SERVICE_MANAGEMENT);
        List<String> deletedBefore = republished
                .get("deletedBefore")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        deleteAgain(deletedBefore);
        SERVICES.stream().skip(1).forEach(service -> replay(restored, service));
        awaitAgreementOfUsersAndAuthors();
        republish(Port.POST_SERVICE_MANAGEMENT);
        restored.start("gateway");
        await().atMost(ofMinutes(1)).untilAsserted(this::assertTopicsAgree);
        Duration took = Duration.between(began, Instant.now());

        assertThat(named).contains(ada.id(), eve.id());
        assertThat(deletedBefore).contains(eve.id());
        assertThat(client.get("/api/users/me", before).statusCode()).isEqualTo(401);
        assertThat(signingKeys()).isNotEmpty().doesNotContainAnyElementsOf(keys);
        assertThat(userRow(ada)).contains("Ada Lovelace");
        await().untilAsserted(() -> assertThat(backup.rows("users", "select id from users"))
                .containsAll(backup.rows("notifications", "select distinct user_id from email")));
        assertEveryWriteIsThereOrNamed(loss, named, took);
        assertNewChangesArrive(ada);
        assertNoEmailTwice(loss);
    }

    @Test
    void everythingAgreesWhenKafkaIsLostToo() throws Exception {
        Loss loss = loseEverything(List.of("postgres", "redis", "kafka"), () -> {});
        restoreDatabases(loss);
        Suite restored = startServices(loss);
        republish(Port.USER_SERVICE_MANAGEMENT);
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(authors()).containsAll(users()));
        republish(Port.POST_SERVICE_MANAGEMENT);
        restored.start("gateway");
        await().atMost(ofMinutes(1)).untilAsserted(this::assertTopicsAgree);

        // Deletions that were in Kafka alone, which the page says how to find.
        Set<String> remaining = new HashSet<>(authors());
        remaining.removeAll(users());
        assertThat(remaining)
                .allSatisfy(author -> assertThat(loss.writes())
                        .anyMatch(write -> write.kind() == Kind.DELETED
                                && author.startsWith(write.aggregate())
                                && write.acknowledgedAt().isAfter(loss.moment().minus(UNPUBLISHED))));
        assertNewChangesArrive(client.register());
        assertNoEmailTwice(loss);
    }

    /** Takes the backup under load, does what is to be lost, and destroys the data of some servers while requests run. */
    private Loss loseEverything(List<String> servers, SharedSuite.Steps lost) throws Exception {
        AcknowledgedWrites load = new AcknowledgedWrites(client);
        Instant moment;
        Instant at;
        try (load) {
            awaitWrites(load, Instant.MIN);
            backup.takeBase();
            awaitWrites(load, Instant.now());
            moment = backup.now();
            lost.run();
            awaitWrites(load, moment);
            backup.archiveUntilNow();
            suite.kill("postgres");
            at = Instant.now();
        }
        for (String name : List.of("gateway", "user-service", "post-service", "notification-service")) {
            suite.kill(name);
        }
        for (String server : servers) {
            suite.kill(server);
            // The processes of a killed PostgreSQL live for a moment.
            await().ignoreExceptions().untilAsserted(() -> {
                Folders.delete(settings.home().data(server));
                assertThat(settings.home().data(server)).doesNotExist();
            });
        }
        return new Loss(load.all(), load.addresses(), moment, at);
    }

    /** Some of each kind. */
    private static void awaitWrites(AcknowledgedWrites load, Instant since) {
        await().atMost(ofMinutes(2))
                .until(() -> load.all().stream()
                        .filter(write -> write.acknowledgedAt().isAfter(since))
                        .map(Write::kind)
                        .collect(Collectors.toSet())
                        .containsAll(Arrays.asList(Kind.values())));
    }

    private void restoreDatabases(Loss loss) throws Exception {
        backup.restore(loss.moment());
        suite.start("postgres");
        backup.awaitPromotion();
        for (String database : List.of("users", "posts", "notifications")) {
            backup.run(database, SCRIPTS.resolve(database + ".sql"));
        }
    }

    private Suite startServices(Loss loss) throws InterruptedException {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("HERALD_INBOX_EFFECTS_SINCE", loss.at().toString());
        Suite restored = new Suite(new Settings(environment));
        restored.start("redis", "kafka");
        restored.start(SERVICES.toArray(String[]::new));
        return restored;
    }

    private Set<String> changes(Port service, Instant since) throws InterruptedException {
        HttpResponse<String> changes =
                Http.get(settings.url(service, "/actuator/republish?since=" + since), ofMinutes(1));
        assertThat(changes.statusCode()).as(changes.body()).isEqualTo(200);
        return Client.json(changes)
                .get("changes")
                .valueStream()
                .map(change -> change.get("subject").asString())
                .collect(Collectors.toSet());
    }

    private JsonNode republish(Port service) throws InterruptedException {
        HttpResponse<String> republished = Http.send(
                HttpRequest.newBuilder(settings.url(service, "/actuator/republish"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                ofMinutes(1));
        assertThat(republished.statusCode()).as(republished.body()).isEqualTo(200);
        return Client.json(republished);
    }

    private static void replay(Suite restored, String service) {
        await().atMost(ofMinutes(1))
                .ignoreExceptions()
                .until(() -> !restored.consumers().replay(service).isEmpty());
    }

    private void awaitAgreementOfUsersAndAuthors() {
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(authors()).isEqualTo(users()));
    }

    private Set<String> signingKeys() throws InterruptedException {
        return Client.json(Http.get(settings.url(Port.GATEWAY, "/.well-known/jwks.json")))
                .get("keys")
                .valueStream()
                .map(key -> key.get("kid").asString())
                .collect(Collectors.toSet());
    }

    private Set<String> users() throws SQLException {
        return Set.copyOf(backup.rows("users", "select id || ' ' || name || ' ' || version from users"));
    }

    private Set<String> authors() throws SQLException {
        return Set.copyOf(backup.rows("posts", "select id || ' ' || name || ' ' || version from author"));
    }

    private String userRow(Member member) throws SQLException {
        return backup.rows("users", "select name from users where id = '%s'".formatted(member.id()))
                .toString();
    }

    private void assertTopicsAgree() throws SQLException {
        assertThat(PublishedState.of("user-events", settings.kafkaBootstrapServers()))
                .isEqualTo(versions("users", "users"));
        assertThat(PublishedState.of("post-events", settings.kafkaBootstrapServers()))
                .isEqualTo(versions("posts", "post"));
    }

    private Map<String, Long> versions(String database, String table) throws SQLException {
        return backup.rows(database, "select id || ' ' || version from " + table).stream()
                .map(row -> row.split(" ", -1))
                .collect(Collectors.toMap(row -> row[0], row -> Long.valueOf(row[1])));
    }

    private void assertEveryWriteIsThereOrNamed(Loss loss, Set<String> named, Duration took) throws SQLException {
        Set<String> kept = new HashSet<>(backup.rows("users", "select id from users"));
        kept.addAll(backup.rows("posts", "select id from post"));
        Set<String> renamed = Set.copyOf(backup.rows("users", "select id from users where name = 'Ada ' || id"));
        List<Write> lost = loss.writes().stream()
                .filter(write -> switch (write.kind()) {
                    case REGISTERED, WROTE -> !kept.contains(write.aggregate());
                    case RENAMED -> !renamed.contains(write.aggregate());
                    case DELETED -> kept.contains(write.aggregate());
                })
                .filter(write -> !isGoneByItsOwner(write, loss))
                .toList();
        List<Write> unnamed = lost.stream()
                .filter(write -> !named.contains(write.aggregate()))
                .toList();
        System.out.printf(
                "%d acknowledged writes, %d of them after the moment; %d lost, %d of these not named; restored in %d"
                        + " s%n",
                loss.writes().size(),
                loss.writes().stream()
                        .filter(write -> write.acknowledgedAt().isAfter(loss.moment()))
                        .count(),
                lost.size(),
                unnamed.size(),
                took.toSeconds());
        assertThat(lost).isNotEmpty().allMatch(write -> write.acknowledgedAt().isAfter(loss.moment()));
        assertThat(unnamed)
                .allMatch(write -> write.acknowledgedAt().isAfter(loss.at().minus(UNPUBLISHED)));
    }

    private static boolean isGoneByItsOwner(Write write, Loss loss) {
        return write.acknowledgedAt().isBefore(loss.moment())
                && loss.writes().stream()
                        .anyMatch(other ->
                                other.kind() == Kind.DELETED && other.user().equals(write.user()));
    }

    private void rename(Member member, Tokens tokens, String name) throws InterruptedException {
        HttpResponse<String> renamed =
                client.put("/api/users/" + member.id(), tokens, Map.of("name", name, "email", member.email()));
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
    }

    /** At user-service itself, because the gateway does not run yet. */
    private void deleteAgain(List<String> users) throws InterruptedException {
        Client inside = new Client(settings.moving(Map.of(Port.GATEWAY, settings.port(Port.USER_SERVICE))));
        Tokens admin = inside.logInAsAdmin();
        for (String user : users) {
            HttpResponse<String> deleted = inside.delete("/api/users/" + user, admin);
            assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
        }
    }

    /** A change after the restore wins over one that was lost, and new users get their email. */
    private void assertNewChangesArrive(Member member) throws InterruptedException {
        await().atMost(ofMinutes(1)).ignoreExceptions().until(() -> client.logIn(member) != null);
        rename(member, client.logIn(member), "Found");
        Member newcomer = client.register();
        await().atMost(ofMinutes(1)).untilAsserted(() -> {
            assertThat(authors()).anyMatch(author -> author.startsWith(member.id() + " Found"));
            assertThat(inbox.of(newcomer.email())).hasSize(1);
        });
    }

    private void assertNoEmailTwice(Loss loss) throws InterruptedException {
        for (String address : loss.addresses()) {
            assertThat(inbox.of(address).stream().map(Inbox.Message::subject)).doesNotHaveDuplicates();
        }
    }
}
