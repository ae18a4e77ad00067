package dev.herald.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Checks all routes of a service. */
public final class Routes {

    private record Route(HttpMethod method, String path) {}

    private Routes() {}

    /** Asserts that every route that is not public refuses a request without a token. */
    public static void assertDenyByDefault(ApplicationContext service, RestTestClient http) {
        List<String> open = Binder.get(service.getEnvironment())
                .bind("herald.security.public", Bindable.listOf(String.class))
                .orElse(List.of());
        List<Route> guarded = all(service)
                .filter(route -> !open.contains(route.method() + " " + route.path()))
                .map(route -> new Route(route.method(), withIds(route.path())))
                .toList();
        assertThat(guarded)
                .isNotEmpty()
                .allSatisfy(route -> http.method(route.method())
                        .uri(route.path())
                        .exchange()
                        .expectStatus()
                        .isUnauthorized()
                        .expectHeader()
                        .valueEquals("WWW-Authenticate", "Bearer")
                        .expectBody()
                        .jsonPath("$.code")
                        .isEqualTo("authentication-required"));
    }

    /** Asserts that a path refuses every invalid token, and one whose session has ended. The service trusts {@link TestTokens}. */
    public static void assertBadTokensAreRefused(ApplicationContext service, RestTestClient http, String path) {
        Api api = new Api(http);
        assertThat(TokenAttack.on(TestTokens.key())).isNotEmpty().allSatisfy(attack -> {
            Api.Answer answer = api.as("Bearer " + attack.token()).get(path);
            answer.problem(401, attack.code());
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_token\"");
        });
        assertThat(api.as("Bearer " + "x".repeat(100_000)).get(path).status())
                .as("too large to be read")
                .isIn(400, 431);
        UUID session = UUID.randomUUID();
        JWTClaimsSet claims = TestTokens.claims(UUID.randomUUID(), "USER")
                .claim("sid", session.toString())
                .build();
        Api user = api.as("Bearer " + TestTokens.signed(TestTokens.key(), claims));
        user.get(path).expect(200);
        revoke(session, service.getBean(StringRedisTemplate.class));
        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> user.get(path).problem(401, "token-revoked"));
    }

    /** Ends a session as user-service does: adds an entry to a Redis stream, and announces it on the channel of the same name. */
    private static void revoke(UUID session, StringRedisTemplate redis) {
        String key = "herald:revoked-sessions";
        long tomorrow = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
        redis.opsForStream().add(key, Map.of("sid", session.toString(), "until", Long.toString(tomorrow)));
        redis.convertAndSend(key, "");
    }

    private static Stream<Route> all(ApplicationContext service) {
        return handlers(service).flatMap(handler -> routes(handler.getKey()));
    }

    private static Stream<Map.Entry<RequestMappingInfo, HandlerMethod>> handlers(ApplicationContext service) {
        return service.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream());
    }

    /** A mapping without a method accepts all of them, so it is tested with GET. */
    private static Stream<Route> routes(RequestMappingInfo mapping) {
        Set<RequestMethod> named = mapping.getMethodsCondition().getMethods();
        Set<RequestMethod> methods = named.isEmpty() ? Set.of(RequestMethod.GET) : named;
        return mapping.getPatternValues().stream()
                .flatMap(path -> methods.stream().map(method -> new Route(method.asHttpMethod(), path)));
    }

    private static String withIds(String pattern) {
        return pattern.replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    }
}
