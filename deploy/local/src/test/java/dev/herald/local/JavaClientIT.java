package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.NewPost;
import dev.herald.local.Client.Tokens;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of the Java client, beside the suite as the service of another team. */
@OnTheSharedSuite
class JavaClientIT {

    private static final Settings SETTINGS = SharedSuite.SUITE.settings();
    private static final Path EXAMPLE = Checkout.root().resolve("deploy/clients/java/example/target/headlines.jar");

    private final Client client = new Client(SETTINGS);

    @Test
    void theExampleFollowsThePostsAndReadsTheirAuthors() throws Exception {
        Member author = client.register();
        Tokens tokens = client.logIn(author);
        String written = client.write(NewPost.published("From another team"), tokens)
                .get("id")
                .asString();
        int port = freePort();
        Process example = start(port, author);
        try {
            await().atMost(ofMinutes(2))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(headlines(port)).containsEntry(written, "From another team by Ada Lovelace"));

            client.delete("/api/posts/" + written, tokens);

            await().untilAsserted(() -> assertThat(headlines(port)).doesNotContainKey(written));
        } finally {
            example.destroy();
            example.waitFor();
        }
    }

    private static Process start(int port, Member account) throws IOException, SQLException {
        try (Connection connection = SETTINGS.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database headlines");
        }
        ProcessBuilder example = new ProcessBuilder(JavaCommand.with("-Xmx128m").jar(EXAMPLE))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/headlines.log").toFile());
        example.environment()
                .putAll(Map.of(
                        "SERVER_PORT", Integer.toString(port),
                        "SPRING_DATASOURCE_URL", SETTINGS.postgres().database("headlines"),
                        "SPRING_DATASOURCE_USERNAME", SETTINGS.postgres().user(),
                        "SPRING_DATASOURCE_PASSWORD", SETTINGS.postgres().password(),
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS", SETTINGS.kafkaBootstrapServers(),
                        "HERALD_URL", SETTINGS.url(Port.GATEWAY, "").toString(),
                        "HERALD_CLIENT_EMAIL", account.email(),
                        "HERALD_CLIENT_PASSWORD", Client.PASSWORD));
        return example.start();
    }

    /** By the id of the post. */
    private static Map<String, String> headlines(int port) throws InterruptedException {
        return Client.json(Http.get(URI.create("http://localhost:" + port + "/headlines")))
                .valueStream()
                .collect(Collectors.toMap(
                        headline -> headline.get("postId").asString(),
                        headline -> headline.get("title").asString() + " by "
                                + headline.get("author").asString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
