package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.herald.local.process.SearchPath;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What a frontend team uses, on the whole suite: the pages in a browser, the API description with a linter, the client
 * in Node.js.
 */
@OnTheSharedSuite
class PortalIT {

    private static final Settings SETTINGS = SharedSuite.SUITE.settings();

    private static final Path TYPESCRIPT = Checkout.root().resolve("deploy/clients/typescript");

    @Test
    void describesTheApiOfAllServicesOnce() throws InterruptedException {
        HttpResponse<String> response = Http.get(SETTINGS.url(Port.GATEWAY, "/openapi.json"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode whole = Client.json(response);
        assertThat(whole.get("openapi").asString()).startsWith("3.1");
        assertThat(whole.get("paths").propertyNames())
                .contains("/api/users", "/api/auth/login", "/api/posts", "/api/authors", "/api/notifications")
                .allMatch(path -> path.startsWith("/api/") || path.equals("/.well-known/jwks.json"));
        // No two services use one name for different schemas.
        assertThat(whole.at("/components/schemas").propertyNames())
                .contains("User", "Post", "Author", "Notification", "Problem")
                .noneMatch(name -> name.contains("Service"));
    }

    @Test
    void theLiveFormsEvidenceIsReal() throws InterruptedException {
        Client.Member member = new Client(SETTINGS).register();

        JsonNode event = firstOf("/portal/events/" + member.id());
        JsonNode email = firstOf("/portal/emails/" + member.email());

        assertThat(event.at("/headers/ce_type").asString()).isEqualTo("user.created");
        assertThat(event.at("/payload/email").asString()).isEqualTo(member.email());
        assertThat(email.get("source").asString())
                .contains("Message-ID: <" + event.at("/headers/ce_id").asString());
    }

    @Test
    void theTypeScriptClientIsGeneratedFromAFlawlessDescriptionAndWorks() throws IOException, InterruptedException {
        NodeProject client = NodeProject.of(TYPESCRIPT, Map.of("HERALD_URL", gateway()));

        client.run("npm", "run", "lint");
        client.run("npm", "run", "generate");
        client.run("npm", "run", "build");
        assertThat(client.run("npm", "run", "example")).contains("read Three, Two, One", "email-taken: Email taken");
        client.run("npm", "test");
    }

    @Test
    void thePagesWorkInABrowser() throws IOException, InterruptedException {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "Skipped: Chromium is not installed (apt-get install chromium)");
        NodeProject browser = NodeProject.of(
                Path.of("src/test/browser"),
                Map.of(
                        "HERALD_URL",
                        gateway(),
                        "CHROMIUM",
                        chromium.orElseThrow().toString()));

        browser.run("node", "--test");
    }

    @Test
    void theFirstFiveCallsWorkAsTheyAreCopied(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(SearchPath.find("curl").isPresent(), "Skipped: curl is not on the PATH");
        String page = Http.get(SETTINGS.url(Port.GATEWAY, "/")).body();
        List<String> calls = Pattern.compile("(?s)<pre[^>]*>(.*?)</pre>")
                .matcher(page)
                .results()
                .map(call -> call.group(1).replace("&amp;", "&"))
                .toList();
        assertThat(calls).hasSize(5);

        Process shell = new ProcessBuilder("sh", "-e")
                .redirectInput(Files.writeString(folder.resolve("calls"), String.join("\n", calls))
                        .toFile())
                .redirectErrorStream(true)
                .start();
        String answers = new String(shell.getInputStream().readAllBytes(), UTF_8);

        assertThat(shell.waitFor()).as(answers).isZero();
        assertThat(answers)
                .contains("\"name\":\"Ada\"", "\"title\":\"Hello\"", "\"items\":")
                .doesNotContain("/problems/");
    }

    private static JsonNode firstOf(String path) {
        return await().atMost(ofMinutes(1))
                .until(
                        () -> Client.json(Http.get(SETTINGS.url(Port.GATEWAY, path)))
                                .path("items"),
                        items -> !items.isEmpty())
                .get(0);
    }

    private static String gateway() {
        return SETTINGS.url(Port.GATEWAY, "").toString();
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(Path::of)
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
