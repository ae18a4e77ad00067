package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.Suite;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From a registration to the welcome email, on the whole suite as the launcher starts it. */
@OnTheSharedSuite
class FirstJourneyIT {

    /** This many first emails to one domain are sent at a time (HERALD_EMAIL_DOMAIN_CONCURRENCY). */
    private static final int EMAILS_IN_FLIGHT = 4;

    private static final Suite SUITE = SharedSuite.SUITE;

    private static final Client CLIENT = new Client(SUITE.settings());

    private final Inbox inbox = new Inbox(SUITE.settings());

    @Test
    void registrationBecomesAUserAWelcomeEmailAndAnAuthor() throws InterruptedException {
        String address = Client.newAddress();

        HttpResponse<String> response = CLIENT.register("Ada Lovelace", address);

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode user = Client.json(response);
        String id = user.get("id").asString();
        Client.Tokens ada = CLIENT.logIn(new Client.Member(id, address));
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(response.headers().firstValue("Location")).hasValue("/api/users/" + id);
        JsonNode read = Client.json(CLIENT.get("/api/users/" + id, ada));
        assertThat(read.get("name").asString()).isEqualTo("Ada Lovelace");
        await().atMost(ofMinutes(1))
                .untilAsserted(() -> assertThat(inbox.of(address))
                        .singleElement()
                        .satisfies(email -> assertThat(email.subject()).isEqualTo("Welcome to Herald")));
        await().atMost(ofMinutes(1)).until(() -> CLIENT.author(id, ada).isPresent());
    }

    @Test
    void everyEmailArrivesExactlyOnceWhenKafkaWasAwayWhileUsersRegistered() throws Exception {
        await().atMost(ofMinutes(1)).until(() -> metric(Port.USER_SERVICE_MANAGEMENT, "herald_outbox_pending") == 0);
        SharedSuite.without("kafka", () -> {
            List<String> addresses = newAddresses(20);
            assertThat(registerAll(addresses)).containsOnly(201);
            assertThat(metric(Port.USER_SERVICE_MANAGEMENT, "herald_outbox_pending"))
                    .as("each user, and the request for the link in their email")
                    .isEqualTo(40);

            SUITE.start("kafka");

            await().atMost(ofMinutes(2))
                    .untilAsserted(() -> assertThat(messageIds(addresses)).hasSize(20));
            assertThat(metric(Port.USER_SERVICE_MANAGEMENT, "herald_outbox_pending"))
                    .isZero();
            assertThat(messageIds(addresses)).doesNotHaveDuplicates();
        });
    }

    @Test
    void noEmailIsLostWhenNotificationServiceIsKilledInABurst() throws Exception {
        List<String> addresses = newAddresses(200);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Integer>> burst = clients.submit(() -> registerAll(addresses));
            await().atMost(ofMinutes(1))
                    .until(() -> !inbox.of(addresses.get(40)).isEmpty());

            SUITE.kill("notification-service");
            SUITE.start("notification-service");

            assertThat(burst.get()).hasSize(200).containsOnly(201);
        }
        await().atMost(ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(new HashSet<>(messageIds(addresses))).hasSize(200));
        assertThat(addresses)
                .allSatisfy(address -> assertThat(inbox.of(address)).isNotEmpty());
        // A repeated email has the Message-ID of the first.
        assertThat(messageIds(addresses)).hasSizeLessThanOrEqualTo(200 + EMAILS_IN_FLIGHT);
    }

    @Test
    void refusesATakenEmailInAnotherCase() throws InterruptedException {
        String address = Client.newAddress();
        assertThat(CLIENT.register("Ada", address).statusCode()).isEqualTo(201);

        Client.assertProblem(CLIENT.register("Eve", address.toUpperCase(Locale.ROOT)), 409, "email-taken");
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404, not-found",
        "/api/nothing, 404, not-found",
        "/actuator/health, 404, not-found",
        "/api/users/17, 400, malformed-request",
        "/api/users/0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d, 404, user-not-found",
        "/api/authors?limit=0, 400, validation-failed"
    })
    void answersBadRequestsWithTheirProblem(String path, int status, String code) throws InterruptedException {
        Client.Tokens reader = CLIENT.logIn(CLIENT.register());

        Client.assertProblem(CLIENT.get(path, reader), status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/users", "/api/users/me", "/api/authors", "/api/notifications"})
    void asksForATokenFirst(String path) throws InterruptedException {
        HttpResponse<String> response = Http.get(SUITE.settings().url(Port.GATEWAY, path));

        Client.assertProblem(response, 401, "authentication-required");
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    /** Registers users, four at a time, and returns the statuses. */
    private static List<Integer> registerAll(List<String> addresses) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> registrations = addresses.stream()
                    .map(address -> clients.submit(
                            () -> CLIENT.register("Somebody", address).statusCode()))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> registration : registrations) {
                statuses.add(registration.get());
            }
            return statuses;
        }
    }

    private List<String> messageIds(List<String> addresses) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (String address : addresses) {
            inbox.of(address).forEach(email -> ids.add(email.messageId()));
        }
        return ids;
    }

    /** A metric of one service, as Prometheus would read it. */
    private static double metric(Port management, String name) throws InterruptedException {
        return Http.get(SUITE.settings().url(management, "/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> newAddresses(int count) {
        return IntStream.range(0, count).mapToObj(number -> Client.newAddress()).toList();
    }
}
