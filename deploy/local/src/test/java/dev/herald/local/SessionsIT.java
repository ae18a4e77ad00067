package dev.herald.local;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.Tokens;
import dev.herald.local.process.Folders;
import dev.herald.local.process.Polling;
import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.Suite;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions on the whole suite: a session works everywhere until it ends, and then nowhere, also if components fail or
 * restart.
 */
@OnTheSharedSuite
class SessionsIT {

    /** The processes that check access tokens, each with a path to read. */
    private static final Map<Port, String> DOORS = Map.of(
            Port.GATEWAY, "/api/users/me",
            Port.USER_SERVICE, "/api/users/me",
            Port.POST_SERVICE, "/api/authors",
            Port.NOTIFICATION_SERVICE, "/api/notifications");

    private static final List<Port> MANAGEMENT_PORTS = List.of(
            Port.GATEWAY_MANAGEMENT,
            Port.USER_SERVICE_MANAGEMENT,
            Port.POST_SERVICE_MANAGEMENT,
            Port.NOTIFICATION_SERVICE_MANAGEMENT);

    /** The time from the response to a logout until all services refuse the session's tokens. */
    private static final Duration EVERYWHERE = ofSeconds(1);

    private static final Suite SUITE = SharedSuite.SUITE;
    private static final Client CLIENT = new Client(SUITE.settings());

    @Test
    void changesAnAccountOnlyAsItWasSeen() throws InterruptedException {
        Tokens ada = CLIENT.logIn(CLIENT.register());
        HttpResponse<String> seen = CLIENT.get("/api/users/me", ada);
        JsonNode user = Client.json(seen);
        String path = "/api/users/" + user.get("id").asString();
        String etag = seen.headers().firstValue("ETag").orElseThrow();
        Map<String, String> change =
                Map.of("name", "Ada King", "email", user.get("email").asString());

        HttpResponse<String> changed = CLIENT.putIfMatch(path, ada, etag, change);

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(Client.json(CLIENT.get("/api/users/me", ada)).get("name").asString())
                .isEqualTo("Ada King");
        Client.assertProblem(CLIENT.putIfMatch(path, ada, etag, change), 412, "precondition-failed");
    }

    @Test
    void endsEverywhereWithinASecondOfTheLogout() throws InterruptedException {
        Tokens first = CLIENT.logIn(CLIENT.register());
        Tokens second = Tokens.of(CLIENT.refresh(first));
        assertWorksEverywhere(first);
        assertWorksEverywhere(second);

        assertThat(CLIENT.logOut(second).statusCode()).isEqualTo(204);

        within(EVERYWHERE).untilAsserted(() -> {
            assertRefusedEverywhere(first);
            assertRefusedEverywhere(second);
        });
        Client.assertProblem(CLIENT.refresh(second), 401, "refresh-token-invalid");
        // The gateway refuses the request itself, without calling the service.
        double refusedBehind = refusedByUserService();
        assertRefused(CLIENT.get("/api/users/me", first));
        assertThat(refusedByUserService()).isEqualTo(refusedBehind);
    }

    @Test
    void aRefreshTokenUsedTwiceEndsItsSession() throws InterruptedException {
        Tokens stolen = CLIENT.logIn(CLIENT.register());
        Tokens refreshed = Tokens.of(CLIENT.refresh(Tokens.of(CLIENT.refresh(stolen))));

        Client.assertProblem(CLIENT.refresh(stolen), 401, "refresh-token-reused");

        within(EVERYWHERE).untilAsserted(() -> assertRefusedEverywhere(refreshed));
        Client.assertProblem(CLIENT.refresh(refreshed), 401, "refresh-token-invalid");
    }

    @Test
    void keepsItsRefreshTokenInACookieOfTheBrowser() throws InterruptedException {
        Member ada = CLIENT.register();

        HttpResponse<String> login = inABrowser(
                "/api/auth/login",
                "",
                JsonMapper.shared().writeValueAsString(Map.of("email", ada.email(), "password", Client.PASSWORD)));

        String cookie = cookieOf(login);
        assertThat(cookie)
                .startsWith("herald-refresh=")
                .contains("; Path=/; Max-Age=2592000;")
                .endsWith("; HttpOnly; SameSite=Strict");
        assertThat(login.body()).contains("accessToken").doesNotContain("refreshToken");
        HttpResponse<String> refreshed = inABrowser("/api/auth/refresh", cookie, "");
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(cookieOf(refreshed)).isNotEqualTo(cookie);
    }

    private static HttpResponse<String> inABrowser(String path, String cookie, String body)
            throws InterruptedException {
        return Http.send(HttpRequest.newBuilder(SUITE.settings().url(Port.GATEWAY, path))
                .header("Origin", "http://localhost:3000")
                .header("X-Herald-Token-Transport", "cookie")
                .header("Content-Type", "application/json")
                .header("Cookie", cookie.replaceFirst(";.*", ""))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String cookieOf(HttpResponse<String> response) {
        return response.headers().firstValue("Set-Cookie").orElse("");
    }

    @Test
    void staysAsItWasWhenEveryServiceRestarts() throws InterruptedException {
        Member ada = CLIENT.register();
        Tokens going = CLIENT.logIn(ada);
        String etag =
                CLIENT.get("/api/users/me", going).headers().firstValue("ETag").orElseThrow();
        Tokens ended = CLIENT.logIn(CLIENT.register());
        assertThat(CLIENT.logOut(ended).statusCode()).isEqualTo(204);

        String[] services = {"gateway", "user-service", "post-service", "notification-service"};
        SUITE.stop(services);
        SUITE.start(services);

        assertRefusedEverywhere(ended);
        Client.assertProblem(CLIENT.refresh(ended), 401, "refresh-token-invalid");
        assertWorksEverywhere(going);
        Tokens refreshed = Tokens.of(CLIENT.refresh(going));
        assertWorksEverywhere(refreshed);
        assertThat(CLIENT.putIfMatch(
                                "/api/users/" + ada.id(),
                                refreshed,
                                etag,
                                Map.of("name", "Ada King", "email", ada.email()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(CLIENT.logOut(refreshed).statusCode()).isEqualTo(204);
        // Also within a second, once the JVMs are warm.
        within(ofSeconds(5)).untilAsserted(() -> assertRefusedEverywhere(refreshed));
    }

    @Test
    void noTokenIsRefusedWhileTheKeyThatSignsChanges() throws Exception {
        Member ada = CLIENT.register();
        Tokens old = CLIENT.logIn(ada);
        AtomicReference<Tokens> latest = new AtomicReference<>(old);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            Future<?> client = clock.scheduleWithFixedDelay(
                    () -> useAndRefresh(ada, latest, failures), 0, 200, TimeUnit.MILLISECONDS);

            String newKid = Client.json(Http.post(
                            SUITE.settings().url(Port.USER_SERVICE_MANAGEMENT, "/actuator/signingkeys"), "{}"))
                    .get("kid")
                    .asString();
            assertThat(newKid).isNotEqualTo(old.kid());
            within(ofSeconds(15))
                    .untilAsserted(() -> assertThat(latest.get().kid()).isEqualTo(newKid));

            assertWorksEverywhere(latest.get());
            assertWorksEverywhere(old);
            assertThat(client).isNotDone();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aWithdrawnKeyIsAcceptedNowhereAndNobodyIsLoggedOut() throws InterruptedException {
        Tokens leaked = CLIENT.logIn(CLIENT.register());
        assertWorksEverywhere(leaked);

        HttpResponse<String> withdrawal = Http.send(HttpRequest.newBuilder(
                        SUITE.settings().url(Port.USER_SERVICE_MANAGEMENT, "/actuator/signingkeys/" + leaked.kid()))
                .DELETE());

        assertThat(withdrawal.statusCode()).as(withdrawal.body()).isEqualTo(200);
        within(ofSeconds(10)).untilAsserted(() -> {
            for (Map.Entry<Port, String> door : DOORS.entrySet()) {
                Client.assertProblem(CLIENT.get(door.getKey(), door.getValue(), leaked), 401, "invalid-token");
            }
        });
        Tokens refreshed = Tokens.of(CLIENT.refresh(leaked));
        assertThat(refreshed.kid())
                .isEqualTo(Client.json(withdrawal).get("signs").asString());
        assertWorksEverywhere(refreshed);
    }

    @Test
    void showsFromWhereItWasOpenedWhateverTheClientClaims() throws InterruptedException {
        Member ada = CLIENT.register();
        String credentials =
                JsonMapper.shared().writeValueAsString(Map.of("email", ada.email(), "password", Client.PASSWORD));
        HttpResponse<String> login =
                Http.send(HttpRequest.newBuilder(SUITE.settings().url(Port.GATEWAY, "/api/auth/login"))
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", "203.0.113.7")
                        .header("Forwarded", "for=203.0.113.7")
                        .POST(HttpRequest.BodyPublishers.ofString(credentials)));

        assertThat(CLIENT.items("/api/users/me/sessions", Tokens.of(login)))
                .map(session -> session.get("network").asString())
                .containsExactly("127.0.0.0/24");
    }

    /** One round of a client that gets new tokens by login and by refresh. Records every response other than 200. */
    private static void useAndRefresh(Member member, AtomicReference<Tokens> latest, Queue<String> failures) {
        try {
            Tokens refreshed = Tokens.of(CLIENT.refresh(latest.get()));
            latest.set(refreshed);
            for (Tokens tokens : List.of(refreshed, CLIENT.logIn(member))) {
                HttpResponse<String> response = CLIENT.get("/api/users/me", tokens);
                if (response.statusCode() != 200) {
                    failures.add(response.statusCode() + " " + response.body());
                }
            }
        } catch (InterruptedException theTestIsOver) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            failures.add(e.toString());
        }
    }

    @Test
    void theFirstAdministratorGivesRolesWhichTakeANewLogin() throws InterruptedException {
        Member ada = CLIENT.register();
        Member eve = CLIENT.register();
        Tokens before = CLIENT.logIn(ada);
        Tokens admin = CLIENT.logInAsAdmin();
        assertThat(emailOf(eve, admin)).isEqualTo(eve.email());
        assertThat(emailOf(eve, before)).isEmpty();
        Client.assertProblem(assignAdmin(eve, before), 403, "forbidden");

        HttpResponse<String> assigned = assignAdmin(ada, admin);

        assertThat(assigned.statusCode()).as(assigned.body()).isEqualTo(200);
        within(EVERYWHERE).untilAsserted(() -> assertRefusedEverywhere(before));
        assertThat(emailOf(eve, CLIENT.logIn(ada))).isEqualTo(eve.email());
    }

    private static HttpResponse<String> assignAdmin(Member member, Tokens tokens) throws InterruptedException {
        return CLIENT.put("/api/users/" + member.id() + "/roles", tokens, Map.of("roles", List.of("USER", "ADMIN")));
    }

    /** Finds the user in the list of all users; empty if it is missing. */
    private static String emailOf(Member member, Tokens viewer) throws InterruptedException {
        return CLIENT.items("/api/users", viewer).stream()
                .filter(user -> user.get("id").asString().equals(member.id()))
                .findAny()
                .orElseThrow()
                .path("email")
                .asString();
    }

    @Test
    void aDeletedAccountLeavesNothingBehind() throws InterruptedException {
        Member ada = CLIENT.register();
        Tokens tokens = CLIENT.logIn(ada);
        Tokens admin = CLIENT.logInAsAdmin();
        within(ofSeconds(20)).until(() -> CLIENT.author(ada.id(), admin).isPresent());
        within(ofSeconds(20)).until(() -> !emailsTo(ada, admin).isEmpty());

        assertThat(CLIENT.delete("/api/users/" + ada.id(), tokens).statusCode()).isEqualTo(204);

        within(EVERYWHERE).untilAsserted(() -> assertRefusedEverywhere(tokens));
        Client.assertProblem(CLIENT.refresh(tokens), 401, "refresh-token-invalid");
        Client.assertProblem(CLIENT.logIn(ada.email(), Client.PASSWORD), 401, "invalid-credentials");
        Client.assertProblem(CLIENT.get("/api/users/" + ada.id(), admin), 404, "user-not-found");
        within(ofSeconds(20)).until(() -> CLIENT.author(ada.id(), admin).isEmpty());
        within(ofSeconds(20)).until(() -> emailsTo(ada, admin).isEmpty());
        assertThat(CLIENT.register("Ada again", ada.email()).statusCode()).isEqualTo(201);
    }

    private static List<JsonNode> emailsTo(Member member, Tokens admin) throws InterruptedException {
        return CLIENT.items("/api/notifications?userId=" + member.id(), admin);
    }

    @Test
    void aChangedPasswordEndsTheOtherSessionsAndIsToldByEmail() throws InterruptedException {
        Member ada = CLIENT.register();
        Tokens here = CLIENT.logIn(ada);
        Tokens elsewhere = CLIENT.logIn(ada);

        HttpResponse<String> changed = CLIENT.put(
                "/api/users/me/password",
                here,
                Map.of("currentPassword", Client.PASSWORD, "newPassword", Client.NEW_PASSWORD));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
        within(EVERYWHERE).untilAsserted(() -> assertRefusedEverywhere(elsewhere));
        Client.assertProblem(CLIENT.refresh(elsewhere), 401, "refresh-token-invalid");
        assertWorksEverywhere(here);
        Client.assertProblem(CLIENT.logIn(ada.email(), Client.PASSWORD), 401, "invalid-credentials");
        assertWorksEverywhere(Tokens.of(CLIENT.logIn(ada.email(), Client.NEW_PASSWORD)));
        Inbox inbox = new Inbox(SUITE.settings());
        within(ofSeconds(30))
                .untilAsserted(() -> assertThat(inbox.of(ada.email()))
                        .extracting(Inbox.Message::subject)
                        .containsExactlyInAnyOrder("Welcome to Herald", "Your Herald password was changed"));
    }

    @Nested
    class WhileRedisIsAway {

        private Member ada = new Member("", "");
        private Tokens session = new Tokens("", "");

        @BeforeEach
        void takeRedisAway() throws InterruptedException {
            ada = CLIENT.register();
            session = CLIENT.logIn(ada);
            assertWorksEverywhere(session);
        }

        @AfterEach
        void bringRedisBack() throws InterruptedException {
            SUITE.resume("redis");
            SUITE.start("redis");
            awaitRevocationsUpToDate(true);
        }

        @Test
        void everythingGoesOnAndALogoutTakesEffectWhenItIsBack() throws InterruptedException {
            SUITE.stop("redis");

            // At once, while the circuit breakers are closed, and after all processes have the revocation.
            assertUsersNoticeNothing();
            awaitRevocationsUpToDate(false);
            assertUsersNoticeNothing();
            assertThat(inTime(() -> CLIENT.logOut(session)).statusCode()).isEqualTo(204);
            // The database is the source of truth.
            Client.assertProblem(inTime(() -> CLIENT.refresh(session)), 401, "refresh-token-invalid");

            SUITE.start("redis");

            within(ofSeconds(10)).untilAsserted(() -> assertRefusedEverywhere(session));
        }

        @Test
        void sessionsThatEndedStayEndedThoughItComesBackEmpty() throws InterruptedException {
            assertThat(CLIENT.logOut(session).statusCode()).isEqualTo(204);
            within(EVERYWHERE).untilAsserted(() -> assertRefusedEverywhere(session));

            SUITE.stop("redis");
            Folders.delete(SUITE.settings().home().data("redis"));
            SUITE.start("redis");
            SUITE.restart("post-service");

            // The process has just started, so Redis is its only source.
            assertRefusedEverywhere(session);
        }

        @Test
        void everythingGoesOnWhileItIsFrozen() throws InterruptedException {
            SUITE.pause("redis");

            assertUsersNoticeNothing();
            awaitRevocationsUpToDate(false);
            assertUsersNoticeNothing();
        }

        @Test
        void aServiceStartsWithoutIt() throws InterruptedException {
            SUITE.stop("redis");

            SUITE.restart("user-service");

            within(ofSeconds(10)).untilAsserted(this::assertUsersNoticeNothing);
        }

        private void assertUsersNoticeNothing() throws InterruptedException {
            for (String path : List.of("/api/users/me", "/api/users/" + ada.id(), "/api/users", "/api/authors")) {
                HttpResponse<String> response = inTime(() -> CLIENT.get(path, session));
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            }
            Member eve = inTime(CLIENT::register);
            Tokens tokens = inTime(() -> CLIENT.logIn(eve));
            Tokens refreshed = Tokens.of(inTime(() -> CLIENT.refresh(tokens)));
            assertThat(inTime(() -> CLIENT.get("/api/users/me", refreshed)).statusCode())
                    .isEqualTo(200);
        }

        private static <T> T inTime(Polling.Check<T> call) throws InterruptedException {
            long begin = System.nanoTime();
            T answer = call.take();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(2));
            return answer;
        }

        private static void awaitRevocationsUpToDate(boolean upToDate) {
            within(ofSeconds(10))
                    .untilAsserted(() -> assertThat(MANAGEMENT_PORTS)
                            .allSatisfy(port ->
                                    assertThat(areRevocationsUpToDate(port)).isEqualTo(upToDate)));
        }

        private static boolean areRevocationsUpToDate(Port management) throws InterruptedException {
            HttpResponse<String> health = Http.get(SUITE.settings().url(management, "/actuator/health"));
            assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
            return JsonMapper.shared()
                    .readTree(health.body())
                    .at("/components/revocations/details/upToDate")
                    .asBoolean();
        }
    }

    private static void assertWorksEverywhere(Tokens tokens) throws InterruptedException {
        for (Map.Entry<Port, String> door : DOORS.entrySet()) {
            HttpResponse<String> response = CLIENT.get(door.getKey(), door.getValue(), tokens);
            assertThat(response.statusCode())
                    .as("%s: %s", door.getKey(), response.body())
                    .isEqualTo(200);
        }
    }

    private static void assertRefusedEverywhere(Tokens tokens) throws InterruptedException {
        for (Map.Entry<Port, String> door : DOORS.entrySet()) {
            assertRefused(CLIENT.get(door.getKey(), door.getValue(), tokens));
        }
    }

    private static void assertRefused(HttpResponse<String> response) {
        Client.assertProblem(response, 401, "token-revoked");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).startsWith("Bearer ").contains("error=\"invalid_token\""));
    }

    /** The number of requests that user-service has refused with 401. */
    private static double refusedByUserService() throws InterruptedException {
        return Http.get(SUITE.settings().url(Port.USER_SERVICE_MANAGEMENT, "/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
                .filter(line -> line.contains("status=\"401\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static ConditionFactory within(Duration limit) {
        return await().pollDelay(Duration.ZERO).pollInterval(ofMillis(50)).atMost(limit);
    }
}
