package dev.herald.user.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class LoginBurstTest {

    private static final int LOGINS = 200;

    @Autowired
    private RestTestClient http;

    private Api api;
    private TestUser ada;

    @BeforeEach
    void register() {
        api = new Api(http);
        ada = TestUser.register(api);
    }

    @Test
    void isAnsweredOrRefusedAndLeavesRoomForReads() {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> logins = IntStream.range(0, LOGINS)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> logIn(number), clients))
                    .toList();

            assertThat(CompletableFuture.supplyAsync(() -> ada.api().get(ada.path()), clients))
                    .succeedsWithin(Duration.ofSeconds(5))
                    .satisfies(read -> read.expect(200));
            assertThat(logins.stream().map(CompletableFuture::join))
                    .allSatisfy(LoginBurstTest::requireAnswerOrRefusal)
                    .anySatisfy(answer -> answer.expect(200));
        }
        logIn(0).expect(200);
    }

    /** Every second one for an address without an account. */
    private Answer logIn(int number) {
        String email = number % 2 == 0 ? ada.email() : TestUser.newEmail();
        return api.post("/api/auth/login", Map.of("email", email, "password", ada.password()));
    }

    private static void requireAnswerOrRefusal(Answer answer) {
        assertThat(answer.status()).isIn(200, 401, 503);
        if (answer.status() == 503) {
            answer.problem(503, "overloaded");
            assertThat(answer.header("Retry-After")).isEqualTo("2");
        }
    }
}
