package dev.herald.local.suite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.TestSettings;
import dev.herald.local.process.Parallel;
import dev.herald.local.server.Inbox;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The embedded servers without the services. */
class EmbeddedServersIT {

    private static final Settings SETTINGS =
            TestSettings.onFreePorts(Path.of("target/embedded servers").toAbsolutePath());
    private static final Suite SUITE = new Suite(SETTINGS);

    @BeforeAll
    static void up() throws InterruptedException {
        SUITE.reset();
        Parallel.each(
                SUITE.components().servers(),
                server -> new Runner(records(), new Terminal(System.out, false)).start(server));
    }

    @AfterAll
    static void down() throws InterruptedException {
        SUITE.down();
        assertThat(Port.values()).allMatch(port -> TestSettings.isFree(SETTINGS.port(port)));
    }

    @Test
    void areUpWithProcessMemoryAndPorts() {
        assertThat(SUITE.status())
                .filteredOn(
                        status -> Set.of("postgres", "kafka", "redis", "smtp").contains(status.name()))
                .hasSize(4)
                .allSatisfy(status -> {
                    assertThat(status.state()).isEqualTo(State.UP);
                    assertThat(ProcessHandle.of(status.pid())).isPresent();
                    assertThat(status.memory().kibibytes()).isPositive();
                    assertThat(status.address()).isNotBlank();
                });
    }

    @Nested
    class PostgresServer {

        @Test
        void isDurable() throws SQLException {
            assertThat(show("fsync")).isEqualTo("on");
            assertThat(show("synchronous_commit")).isEqualTo("on");
            assertThat(show("full_page_writes")).isEqualTo("on");
        }

        @Test
        void listensOnTheLoopbackAddressOnly() throws SQLException {
            assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
        }

        @Test
        void keepsWhatWasCommittedThroughStopAndKill() throws Exception {
            execute("create table if not exists kept (word text)");
            execute("insert into kept values ('stopped')");
            SUITE.restart("postgres");
            execute("insert into kept values ('killed')");
            SUITE.kill("postgres");
            assertThat(state("postgres")).isEqualTo(State.CRASHED);
            SUITE.start("postgres");

            assertThat(query("select string_agg(word, ' ' order by word desc) from kept"))
                    .isEqualTo("stopped killed");
            execute("drop table kept");
        }

        @Test
        void startsAfterAKillThoughAnotherProcessHasItsNumberNow() throws Exception {
            SUITE.kill("postgres");
            Path lock = SETTINGS.home().data("postgres").resolve("postmaster.pid");
            List<String> lines = Files.readAllLines(lock);
            lines.set(0, Long.toString(ProcessHandle.current().pid()));
            Files.write(lock, lines);

            SUITE.start("postgres");

            assertThat(show("fsync")).isEqualTo("on");
        }

        @Test
        void stopsThoughAClientStaysConnected() throws Exception {
            try (Connection idle = SETTINGS.postgres().connect()) {
                SUITE.stop("postgres");

                assertThat(state("postgres")).isEqualTo(State.STOPPED);
                assertThat(idle.isValid(1)).isFalse();
            }
            SUITE.start("postgres");
        }

        @Test
        void hasADatabaseForEachServiceThatNoOtherMayEnter() throws SQLException {
            ServiceDatabase.createMissing(SETTINGS.postgres());
            ServiceDatabase.createMissing(SETTINGS.postgres());

            for (ServiceDatabase database : ServiceDatabase.ALL) {
                try (Connection own = connect(database, database)) {
                    own.createStatement().execute("create table if not exists mine ()");
                }
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> connect(ServiceDatabase.POSTS, ServiceDatabase.USERS)
                            .close())
                    .withMessageContaining("permission denied for database");
        }

        private Connection connect(ServiceDatabase role, ServiceDatabase database) throws SQLException {
            return DriverManager.getConnection(
                    SETTINGS.postgres().database(database.name()), role.role(), Settings.LOCAL_PASSWORD);
        }

        private String show(String setting) throws SQLException {
            return query("show " + setting);
        }

        private String query(String sql) throws SQLException {
            try (Connection connection = SETTINGS.postgres().connect();
                    ResultSet answer = connection.createStatement().executeQuery(sql)) {
                answer.next();
                return answer.getString(1);
            }
        }

        private void execute(String sql) throws SQLException {
            try (Connection connection = SETTINGS.postgres().connect()) {
                connection.createStatement().execute(sql);
            }
        }
    }

    @Nested
    class KafkaServer {

        @Test
        void keepsItsTopicsThroughStopAndKill() throws Exception {
            createTopic("kept-" + UUID.randomUUID());
            Set<String> topics = topics();
            SUITE.restart("kafka");
            assertThat(topics()).isEqualTo(topics);
            SUITE.kill("kafka");
            SUITE.start("kafka");

            assertThat(topics()).isEqualTo(topics);
        }

        @Test
        void takesLargeMessagesAndMakesNoTopicByItself() throws Exception {
            try (Admin admin = admin()) {
                ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
                Map<String, String> settings =
                        admin.describeConfigs(List.of(broker)).all().get(10, SECONDS).values().stream()
                                .flatMap(config -> config.entries().stream())
                                .filter(entry -> entry.value() != null)
                                .collect(toMap(ConfigEntry::name, ConfigEntry::value));

                assertThat(settings).containsEntry("auto.create.topics.enable", "false");
                assertThat(Integer.parseInt(settings.getOrDefault("message.max.bytes", "0")))
                        .isGreaterThan(4 * 1024 * 1024);
            }
        }

        private void createTopic(String name) throws Exception {
            try (Admin admin = admin()) {
                admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                        .all()
                        .get(10, SECONDS);
            }
        }

        private Set<String> topics() throws Exception {
            try (Admin admin = admin()) {
                return admin.listTopics().names().get(10, SECONDS);
            }
        }

        private Admin admin() {
            return Admin.create(Map.of("bootstrap.servers", SETTINGS.kafkaBootstrapServers()));
        }
    }

    @Nested
    class RedisServer {

        @Test
        void keepsWhatItWasToldThroughStop() throws Exception {
            assertThat(say("SET kept yes")).isEqualTo("+OK");
            SUITE.restart("redis");

            assertThat(say("STRLEN kept")).isEqualTo(":3");
        }

        private String say(String command) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SETTINGS.port(Port.REDIS))) {
                socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
                return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            }
        }
    }

    @Nested
    class MailServer {

        @Test
        void showsWhatItReceivedInTheInbox() throws Exception {
            String address = "ada-%s@example.com".formatted(UUID.randomUUID());
            assertThat(new Inbox(SETTINGS).of(address)).isEmpty();

            send(address, "Hello");

            assertThat(new Inbox(SETTINGS).of(address))
                    .singleElement()
                    .isEqualTo(new Inbox.Message("<1@example.com>", "Hello"));
        }

        private void send(String address, String subject) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SETTINGS.port(Port.SMTP))) {
                BufferedReader server = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                server.readLine();
                for (String said : List.of(
                        "HELO test",
                        "MAIL FROM:<herald@example.com>",
                        "RCPT TO:<%s>".formatted(address),
                        "DATA",
                        "Message-ID: <1@example.com>\r\nSubject: %s\r\n\r\nHello.\r\n.".formatted(subject))) {
                    socket.getOutputStream().write((said + "\r\n").getBytes(US_ASCII));
                    assertThat(server.readLine()).as(said).matches("[23].*");
                }
            }
        }
    }

    private static State state(String component) {
        return records().find(component).orElseThrow().state();
    }

    private static RunRecords records() {
        return new RunRecords(SETTINGS.home().run());
    }
}
