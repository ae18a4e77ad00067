package dev.herald.local;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.Tokens;
import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of an account by mail, through the links in the emails and the gateway's pages. */
@OnTheSharedSuite
class AccountByMailIT {

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]+/account/[a-z-]+\\?token=([\\w-]+))\"");
    private static final String NEW_PASSWORD = Client.NEW_PASSWORD;

    private final Settings settings = SharedSuite.SUITE.settings();
    private final Client client = new Client(settings);
    private final Inbox inbox = new Inbox(settings);

    /** The emails whose links were read. */
    private final Set<String> uids = new HashSet<>();

    /** The tokens of all links. */
    private final List<String> tokens = new ArrayList<>();

    @Test
    void isVerifiedRecoveredMovedAndTakenBackAndItsTokensAreNowhereElse() throws Exception {
        Member ada = client.register();
        Tokens session = client.logIn(ada);
        URI verification = link(ada.email(), "Welcome to Herald");
        open(verification);
        open(verification);
        assertThat(me(session).get("emailVerified").asBoolean()).isFalse();
        assertThat(submit(verification, "")).contains("Your address is confirmed");
        assertThat(me(session).get("emailVerified").asBoolean()).isTrue();
        submit(verification, "", 410);

        client.post("/api/auth/forgot-password", Map.of("email", ada.email()));
        URI reset = link(ada.email(), "Set a new Herald password");
        assertThat(open(reset)).contains("New password");
        submit(reset, "&newPassword=password", 400);
        assertThat(submit(reset, "&newPassword=" + encode(NEW_PASSWORD, UTF_8))).contains("Your new password is set");
        Client.assertProblem(client.logIn(ada.email(), Client.PASSWORD), 401, "invalid-credentials");
        Tokens again = Tokens.of(client.logIn(ada.email(), NEW_PASSWORD));

        String newAddress = Client.newAddress();
        assertThat(client.put(
                                "/api/users/me/email",
                                again,
                                Map.of("newEmail", newAddress, "currentPassword", NEW_PASSWORD))
                        .statusCode())
                .isEqualTo(202);
        link(ada.email(), "A new email address for your Herald account");
        submit(link(newAddress, "Confirm your new email address"), "");
        assertThat(me(again).get("email").asString()).isEqualTo(newAddress);
        URI undo = link(ada.email(), "Your Herald email address was changed");
        assertThat(submit(undo, "")).contains("Your account has its old address");
        Client.assertProblem(client.logIn(ada.email(), NEW_PASSWORD), 401, "invalid-credentials");
        URI secondReset = link(ada.email(), "Set a new Herald password", 2);
        submit(secondReset, "&newPassword=" + encode(Client.PASSWORD, UTF_8));
        assertThat(me(Tokens.of(client.logIn(ada.email(), Client.PASSWORD)))
                        .get("email")
                        .asString())
                .isEqualTo(ada.email());

        assertThat(tokens).hasSize(6).doesNotHaveDuplicates();
        assertTokensAreNowhere();
    }

    private JsonNode me(Tokens session) throws InterruptedException {
        return client.json("/api/users/me", session);
    }

    /** The link of the email with this subject, which is the only one. */
    private URI link(String address, String subject) throws InterruptedException {
        return link(address, subject, 1);
    }

    /** The link of the last of so many emails with this subject. */
    private URI link(String address, String subject, int count) throws InterruptedException {
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(inbox.of(address))
                        .extracting(Inbox.Message::subject)
                        .filteredOn(subject::equals)
                        .hasSize(count));
        JsonNode email = JsonMapper.shared()
                .readTree(Http.get(URI.create(inbox.url(address))).body())
                .valueStream()
                .filter(candidate -> candidate.path("subject").asString().equals(subject))
                .filter(candidate ->
                        !uids.contains(address + candidate.path("uid").asString()))
                .findFirst()
                .orElseThrow();
        uids.add(address + email.get("uid").asString());
        String html = Http.get(settings.url(
                        Port.GATEWAY,
                        "/inbox/html?address=%s&uid=%s"
                                .formatted(address, email.get("uid").asString())))
                .body();
        Matcher link = LINK.matcher(html);
        assertThat(link.find()).as(html).isTrue();
        tokens.add(link.group(2));
        assertThat(link.group(1))
                .startsWith(settings.url(Port.GATEWAY, "/account/").toString());
        return URI.create(link.group(1));
    }

    /** As a program does that checks the links in emails. */
    private static String open(URI link) throws InterruptedException {
        Http.send(HttpRequest.newBuilder(link).HEAD());
        HttpResponse<String> page = Http.get(link);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        return page.body();
    }

    private static String submit(URI link, String more) throws InterruptedException {
        return submit(link, more, 200);
    }

    private static String submit(URI link, String more, int status) throws InterruptedException {
        HttpResponse<String> answer = Http.send(HttpRequest.newBuilder(link.resolve(link.getPath()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "null")
                .POST(HttpRequest.BodyPublishers.ofString(link.getQuery() + more)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private void assertTokensAreNowhere() throws IOException, SQLException, InterruptedException {
        Map<String, String> places = Map.of(
                "logs", logs(),
                "tables", tables("users") + tables("notifications"),
                "topics", topics(),
                "metrics", metrics());
        places.forEach((place, text) -> {
            assertThat(text).as(place).isNotEmpty();
            assertThat(tokens).as(place).noneMatch(text::contains);
        });
        assertThat(SharedSuite.TRACES.tokens()).as("traces").isEmpty();
    }

    private String logs() throws IOException {
        try (Stream<Path> files = Files.list(settings.home().logs())) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.toList()) {
                text.append(new String(Files.readAllBytes(file), UTF_8));
            }
            return text.toString();
        }
    }

    private String tables(String database) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = settings.postgres().connect(database);
                ResultSet xml =
                        connection.createStatement().executeQuery("select schema_to_xml('public', true, true, '')")) {
            while (xml.next()) {
                text.append(xml.getString(1));
            }
        }
        return text.toString();
    }

    private String topics() {
        try (KafkaConsumer<String, String> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.kafkaBootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = reader.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().startsWith("user-"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = reader.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (end.entrySet().stream().anyMatch(last -> reader.position(last.getKey()) < last.getValue())) {
                reader.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            assertThat(records).anyMatch(record -> record.topic().equals("user-email-requests"));
            return records.stream()
                    .map(ConsumerRecord::value)
                    .map(String::valueOf)
                    .collect(joining());
        }
    }

    private String metrics() throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (Port port :
                List.of(Port.GATEWAY_MANAGEMENT, Port.USER_SERVICE_MANAGEMENT, Port.NOTIFICATION_SERVICE_MANAGEMENT)) {
            text.append(Http.get(settings.url(port, "/actuator/prometheus")).body());
        }
        return text.toString();
    }
}
