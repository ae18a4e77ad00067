package dev.herald.user.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.Routes;
import dev.herald.platform.testing.TestTokens;
import dev.herald.platform.testing.TokenAttack;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class TokenTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private SigningKeys keys;

    @Autowired
    private ApplicationContext service;

    private Api api() {
        return new Api(http);
    }

    @Test
    void isAskedForByEveryRouteThatIsNotPublic() {
        Routes.assertDenyByDefault(service, http);
    }

    @Test
    void isRefusedUnlessEverythingAboutItIsRight() {
        assertThat(TokenAttack.on(keys.current().pair())).isNotEmpty().allSatisfy(attack -> {
            Answer answer = api().as("Bearer " + attack.token()).get("/api/users/me");
            answer.problem(401, attack.code());
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_token\"");
        });
    }

    @Test
    void opensWhenItIsRight() {
        TestUser ada = TestUser.register(api());
        String token = TestTokens.signed(
                keys.current().pair(), TestTokens.claims(ada.id(), "USER").build());

        api().as("Bearer " + token).get("/api/users/me").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer a b", "bearer", ""})
    void isABearerTokenOnly(String authorization) {
        assertThat(api().as(authorization).get("/api/users/me").expect(401).text("code"))
                .isIn("authentication-required", "invalid-token");
    }

    @Test
    void mayBeTooLargeToBeRead() {
        assertThat(api().as("Bearer " + "x".repeat(100_000))
                        .get("/api/users/me")
                        .status())
                .isIn(400, 431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nonsense", "Bearer", "Basic YTpi"})
    void isIgnoredOnPublicEndpoints(String authorization) {
        Api someone = api().as(authorization);

        someone.get("/.well-known/jwks.json").expect(200);
        someone.post("/api/auth/refresh", Map.of("refreshToken", "made-up")).problem(401, "refresh-token-invalid");
        someone.post("/api/users", Map.of()).problem(400, "validation-failed");
    }

    @Test
    void forbidsWhatOnlyOthersMayDo() {
        TestUser ada = TestUser.register(api());
        TestUser eve = TestUser.register(api(), "Eve");

        eve.api().put(ada.path(), Map.of("name", "Eve", "email", ada.email())).problem(403, "forbidden");
        eve.api()
                .put(ada.path() + "/roles", Map.of("roles", new String[] {"ADMIN"}))
                .problem(403, "forbidden");
        eve.api()
                .put(eve.path() + "/roles", Map.of("roles", new String[] {"ADMIN"}))
                .problem(403, "forbidden");
        Answer refused = eve.api().delete(ada.path());
        refused.problem(403, "forbidden");
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer error=\"insufficient_scope\"");
        eve.api().delete("/api/users/" + UUID.randomUUID()).problem(403, "forbidden");
        for (HttpMethod method : new HttpMethod[] {HttpMethod.POST, HttpMethod.PATCH}) {
            eve.api().send(method, ada.path(), Map.of()).problem(405, "method-not-allowed");
        }
        assertThat(ada.api().get(ada.path()).expect(200).text("name")).isEqualTo("Ada");
    }
}
