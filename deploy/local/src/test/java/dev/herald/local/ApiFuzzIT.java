package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.NewPost;
import dev.herald.local.Client.Tokens;
import dev.herald.local.fuzz.ApiFuzzer;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No request causes a 5xx or an undescribed response, and no secret of a request is in a log. {@code HERALD_FUZZ_TIME}
 * (such as {@code PT30M}) makes it run longer than 45 seconds, or two minutes with the slow tests; {@code HERALD_FUZZ_SEED} makes other
 * requests.
 */
@OnTheSharedSuite
class ApiFuzzIT {

    private static final Settings SETTINGS = SharedSuite.SUITE.settings();
    private static final Client CLIENT = new Client(SETTINGS);
    private static final String MARK = "z9canary";

    private final Duration time = Duration.parse(
            setting("HERALD_FUZZ_TIME").orElse(setting("HERALD_SLOW_TESTS").isPresent() ? "PT2M" : "PT45S"));
    private final long seed = setting("HERALD_FUZZ_SEED").map(Long::valueOf).orElse(1L);

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    @Test
    void answersEveryRequestAsDescribed() throws InterruptedException {
        ApiFuzzer fuzzer = new ApiFuzzer(
                "127.0.0.1",
                SETTINGS.port(Port.GATEWAY),
                ok("/openapi.json").body(),
                ok("/problems").body(),
                new Members());

        setLevel("\"TRACE\"");
        ApiFuzzer.Report report;
        try {
            report = fuzzer.run(time, seed);
        } finally {
            setLevel("null");
        }

        System.out.printf("Fuzzed for %s with the seed %d: %d answers%n", time, seed, report.answers());
        assertThat(report.faults()).as("faults, with the seed " + seed).isEmpty();
        assertThat(report.answers()).isGreaterThan(time.toSeconds());
        assertThat(report.uncalled()).isEmpty();
        assertThat(SecretsCheck.linesOf(SETTINGS.home())).noneMatch(line -> line.contains(MARK));
    }

    private static HttpResponse<String> ok(String path) throws InterruptedException {
        HttpResponse<String> response = Http.send(
                HttpRequest.newBuilder(SETTINGS.url(Port.GATEWAY, path)).header("Accept", "application/json"),
                Duration.ofSeconds(30));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    private static void setLevel(String level) throws InterruptedException {
        for (Port management : List.of(
                Port.GATEWAY_MANAGEMENT,
                Port.USER_SERVICE_MANAGEMENT,
                Port.POST_SERVICE_MANAGEMENT,
                Port.NOTIFICATION_SERVICE_MANAGEMENT)) {
            HttpResponse<String> response = Http.post(
                    SETTINGS.url(management, "/actuator/loggers/dev.herald"),
                    "{\"configuredLevel\":%s}".formatted(level));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        }
    }

    /** Some users with posts, and an administrator. A user whose token is refused is replaced by a new one. */
    private static final class Members implements ApiFuzzer.Callers {

        private static final int COUNT = 8;

        private final List<String> tokens = new CopyOnWriteArrayList<>();
        private final List<String> users = new CopyOnWriteArrayList<>();
        private final List<String> posts = new CopyOnWriteArrayList<>();
        private final List<String> notifications = new CopyOnWriteArrayList<>();
        private final Set<String> refused = ConcurrentHashMap.newKeySet();

        Members() throws InterruptedException {
            tokens.add(administrator().access());
            for (int i = 0; i < COUNT; i++) {
                add();
            }
        }

        /** Not the administrator of the other tests: too many wrong passwords lock an account. */
        private static Tokens administrator() throws InterruptedException {
            Member member = CLIENT.register();
            HttpResponse<String> promoted = CLIENT.put(
                    "/api/users/" + member.id() + "/roles",
                    CLIENT.logInAsAdmin(),
                    Map.of("roles", List.of("USER", "ADMIN")));
            assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
            return CLIENT.logIn(member);
        }

        private void add() throws InterruptedException {
            Member member = CLIENT.register(List.of(NewPost.published("One"), NewPost.draft("Two")));
            Tokens of = CLIENT.logIn(member);
            users.add(member.id());
            CLIENT.items("/api/posts?authorId=" + member.id(), of)
                    .forEach(post -> posts.add(post.get("id").asString()));
            CLIENT.items("/api/notifications", of)
                    .forEach(notification ->
                            notifications.add(notification.get("id").asString()));
            tokens.add(of.access());
        }

        @Override
        public @Nullable String token(RandomGenerator random) {
            return random.nextInt(5) == 0 ? null : oneOf(tokens, random);
        }

        @Override
        public String id(String path, RandomGenerator random) {
            List<String> ids =
                    path.startsWith("/api/users") ? users : path.startsWith("/api/posts") ? posts : notifications;
            return ids.isEmpty() ? "019985fe-112a-7000-8abc-351ab2f1cd00" : oneOf(ids, random);
        }

        private static String oneOf(List<String> list, RandomGenerator random) {
            return list.get(random.nextInt(list.size()));
        }

        @Override
        public void refused(String token) {
            // The mutation may be the reason: a token that is still valid is kept.
            try {
                if (CLIENT.get("/api/users/me", new Tokens(token, "")).statusCode() == 401 && refused.add(token)) {
                    add();
                    tokens.remove(token);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
