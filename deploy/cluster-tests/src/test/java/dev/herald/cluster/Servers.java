package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL, Kafka, Redis and a mail server for the pods. {@code ./herald} starts them on this machine. */
final class Servers {

    static final String PASSWORD = "herald-local";

    /** Ports that differ from the defaults, so that a suite may run beside the tests. */
    private static final Map<String, Integer> PORTS = Map.of(
            "POSTGRES",
            24101,
            "KAFKA",
            24102,
            "KAFKA_CONTROLLER",
            24103,
            "REDIS",
            24104,
            "SMTP",
            24105,
            "INBOX",
            24106);

    private static final Pattern TOKEN = Pattern.compile("\\?token=([\\w-]{43})");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    /** @param address the address of this machine at which the pods reach the servers */
    Servers(String address) {
        this.address = address;
    }

    /** Starts the servers with empty databases. */
    void start() throws IOException, InterruptedException, SQLException {
        herald("reset");
        for (String server : List.of("postgres", "kafka", "redis", "smtp")) {
            herald("start", server);
        }
        try (Connection connection = DriverManager.getConnection(jdbc("postgres"), "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String database : List.of("users", "posts", "notifications")) {
                statement.execute("create role %s login password '%s'".formatted(database, PASSWORD));
                statement.execute("create database %1$s owner %1$s".formatted(database));
            }
        }
    }

    /** The chart's values with the addresses of these servers. */
    List<String> values() {
        return List.of(
                "databases.users.url=" + jdbc("users"),
                "databases.posts.url=" + jdbc("posts"),
                "databases.notifications.url=" + jdbc("notifications"),
                "kafka.bootstrapServers=%s:%d".formatted(address, PORTS.get("KAFKA")),
                "redis.url=redis://%s:%d".formatted(address, PORTS.get("REDIS")),
                "smtp.host=" + address,
                "smtp.port=" + PORTS.get("SMTP"),
                // The launcher's mail server does not support TLS.
                "smtp.tls=none");
    }

    /** The subjects of the emails that the recipient has. */
    List<String> emails(String recipient) throws IOException, InterruptedException {
        return inbox(recipient).map(email -> email.path("subject").asString()).toList();
    }

    /** The token of the link in the email with this subject, which must be there. */
    String linkToken(String recipient, String subject) throws IOException, InterruptedException {
        String email = inbox(recipient)
                .filter(candidate -> candidate.path("subject").asString().equals(subject))
                .map(candidate -> candidate.path("mimeMessage").asString())
                .findFirst()
                .orElseThrow();
        // Quoted-printable: a line may be broken after "=", and "=" itself is "=3D".
        Matcher token = TOKEN.matcher(email.replaceAll("=\\r?\\n", "").replace("=3D", "="));
        assertThat(token.find()).as(email).isTrue();
        return token.group(1);
    }

    private Stream<JsonNode> inbox(String recipient) throws IOException, InterruptedException {
        HttpResponse<String> inbox = http.send(
                HttpRequest.newBuilder(URI.create("http://%s:%d/api/user/%s/messages/INBOX"
                                .formatted(address, PORTS.get("INBOX"), recipient)))
                        .build(),
                BodyHandlers.ofString());
        return inbox.statusCode() != 200
                ? Stream.empty()
                : JsonMapper.shared().readTree(inbox.body()).valueStream();
    }

    void close() throws IOException, InterruptedException {
        herald("down");
    }

    private String jdbc(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(address, PORTS.get("POSTGRES"), database);
    }

    private void herald(String... words) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(
                        Stream.concat(Stream.of(Repository.path("herald").toString()), Stream.of(words))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/servers.log").toFile());
        Map<String, String> environment = process.environment();
        environment.put(
                "HERALD_HOME", Path.of("target/servers").toAbsolutePath().toString());
        environment.put("HERALD_BIND_ADDRESS", address);
        PORTS.forEach((port, number) -> environment.put("HERALD_" + port + "_PORT", number.toString()));
        assertThat(process.start().waitFor())
                .as("%s: see target/servers.log", List.of(words))
                .isZero();
    }
}
