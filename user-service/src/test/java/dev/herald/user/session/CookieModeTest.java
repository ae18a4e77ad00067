package dev.herald.user.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class CookieModeTest {

    private static final String LOGIN = "/api/auth/login";
    private static final String REFRESH = "/api/auth/refresh";
    private static final String LOGOUT = "/api/auth/logout";
    private static final String TRANSPORT = "X-Herald-Token-Transport";

    @Autowired
    private RestTestClient http;

    private TestUser ada;
    private Api browser;

    @BeforeEach
    void register() {
        ada = TestUser.register(new Api(http));
        browser = new Api(http).with(TRANSPORT, "cookie").with("Origin", "http://localhost:3000");
    }

    @Test
    void keepsTheTokenOutOfTheBody() {
        Answer login = logIn();

        assertThat(login.json().propertyNames())
                .containsExactlyInAnyOrder("accessToken", "tokenType", "expiresIn", "refreshExpiresIn");
        assertThat(login.header("Set-Cookie"))
                .startsWith("herald-refresh=")
                .contains("; Path=/; Max-Age=2592000;")
                .endsWith("; HttpOnly; SameSite=Strict")
                .doesNotContain("Secure", "Domain");
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"{}", "{\"refreshToken\": null}"})
    void refreshesWithTheCookie(@Nullable String body) {
        Answer login = logIn();

        Answer refreshed = with(login).send(HttpMethod.POST, REFRESH, body).expect(200);

        assertThat(cookie(refreshed)).startsWith("herald-refresh=").isNotEqualTo(cookie(login));
        assertThat(refreshed.json().has("refreshToken")).isFalse();
        with(refreshed).send(HttpMethod.POST, REFRESH, null).expect(200);
    }

    @Test
    void logsOutAndDeletesTheCookie() {
        Answer login = logIn();
        Api session = with(login).as("Bearer " + login.text("accessToken"));

        Answer logout = session.post(LOGOUT, "").expect(204);

        assertThat(logout.header("Set-Cookie"))
                .startsWith("herald-refresh=; Path=/; Max-Age=0;")
                .endsWith("; HttpOnly; SameSite=Strict");
        with(login).post(REFRESH, "").problem(401, "refresh-token-invalid");
        await().atMost(ofSeconds(1))
                .untilAsserted(() -> session.get("/api/users/me").problem(401, "token-revoked"));
    }

    @Test
    void logsOutTheSessionOfTheCookieToo() {
        Answer login = logIn();

        with(login).as("Bearer " + ada.accessToken()).post(LOGOUT, "").expect(204);

        with(login).post(REFRESH, "").problem(401, "refresh-token-invalid");
        ada.refresh().problem(401, "refresh-token-invalid");
    }

    @Test
    void refusesATokenInTheBodyBesideTheHeader() {
        Answer refused = with(logIn()).post(REFRESH, Map.of("refreshToken", ada.refreshToken()));

        assertThat(refused.problem(400, "validation-failed")
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("refreshToken");
        ada.refresh().expect(200);
    }

    @Test
    void refusesATokenInTheBodyOfALogout() {
        Answer login = logIn();
        Api session = with(login).as("Bearer " + login.text("accessToken"));

        assertThat(session.post(LOGOUT, Map.of("refreshToken", ada.refreshToken()))
                        .problem(400, "validation-failed")
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("refreshToken");
        session.post(LOGOUT, Map.of("token", ada.refreshToken())).problem(400, "malformed-request");
        session.post(LOGOUT, "no JSON").problem(400, "malformed-request");

        session.get("/api/users/me").expect(200);
        session.post(LOGOUT, "{\"refreshToken\": null}").expect(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "{\"refreshToken\": \"jvY3gq0bYxk\"}"})
    void ignoresTheBodyOfALogoutWithoutTheHeader(String body) {
        ada.api().post(LOGOUT, body).expect(204);
    }

    @Test
    void refusesARequestWithoutTheCookie() {
        browser.post(REFRESH, "").problem(401, "refresh-token-invalid");
        browser.with("Cookie", "herald-refresh=" + "x".repeat(5000))
                .post(REFRESH, "")
                .problem(401, "refresh-token-invalid");
        browser.with("Cookie", "herald-refresh=").post(REFRESH, "").problem(401, "refresh-token-invalid");
    }

    @Test
    void ignoresTheCookieWithoutTheHeader() {
        String cookie = cookie(logIn());

        new Api(http).with("Cookie", cookie).post(REFRESH, "").problem(400, "malformed-request");
        new Api(http).with("Cookie", cookie).post(REFRESH, "{}").problem(400, "validation-failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "Cookie", "", "cookie, cookie"})
    void refusesAnyOtherValueOfTheHeader(String value) {
        Api other = browser.with(TRANSPORT, value);

        other.post(LOGIN, credentials()).problem(400, "validation-failed");
        other.post(REFRESH, Map.of("refreshToken", ada.refreshToken())).problem(400, "validation-failed");
        other.as("Bearer " + ada.accessToken()).post(LOGOUT, "").problem(400, "validation-failed");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"https://evil.example", "http://localhost.evil.example", "null", "", "http://localhost:3000, x"})
    void refusesARequestOfAnotherOrigin(@Nullable String origin) {
        Api page = new Api(http).with(TRANSPORT, "cookie").with("Origin", origin);
        String cookie = cookie(logIn());

        page.post(LOGIN, credentials()).problem(403, "origin-not-allowed");
        page.post(LOGIN, "no JSON").problem(403, "origin-not-allowed");
        page.with("Cookie", cookie).post(REFRESH, "").problem(403, "origin-not-allowed");
        page.as("Bearer " + ada.accessToken()).post(LOGOUT, "").problem(403, "origin-not-allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, https://api.example.com, __Host-herald-refresh, true",
        "https://api.example.com/base/, https://api.example.com, __Host-herald-refresh, true",
        "https://api.example.com:8443, https://api.example.com:8443, __Host-herald-refresh, true",
        "http://api.example.com, http://api.example.com, __Host-herald-refresh, true",
        "http://localhost:8080, http://localhost:8080, herald-refresh, false",
        "http://127.0.0.1:8080, http://127.0.0.1:8080, herald-refresh, false",
        "http://[::1]:8080, http://[::1]:8080, herald-refresh, false",
        "https://api.example.com:443, https://api.example.com, __Host-herald-refresh, true",
        "https://api.example.com, https://api.example.com:443, __Host-herald-refresh, true",
        "HTTPS://API.example.com/, https://api.example.com, __Host-herald-refresh, true",
        "http://localhost:80, http://localhost, herald-refresh, false",
        "HTTP://Localhost:8080, http://localhost:8080, herald-refresh, false",
        "https://api.example.com, https://APP.example.com:443, __Host-herald-refresh, true",
        "https://api.example.com, https://other.example.com, __Host-herald-refresh, true",
        ", https://app.example.com, __Host-herald-refresh, true"
    })
    void followsThePublicUrlWhateverTheHost(@Nullable URI publicUrl, String origin, String name, boolean secure) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader(TRANSPORT, "cookie");
        request.addHeader("Host", "evil.example");
        request.addHeader("Origin", origin);
        CookieSettings settings =
                new CookieSettings(publicUrl, List.of("https://app.example.com", "https://Other.example.com:443"));

        String cookie = String.valueOf(new TokenTransportArgument(settings)
                .transportOf(request)
                .send(new Tokens("access", "Bearer", 900, "refresh", 2_592_000))
                .getHeaders()
                .getFirst("Set-Cookie"));

        assertThat(cookie).startsWith(name + "=refresh; Path=/; Max-Age=2592000;");
        assertThat(cookie.contains("; Secure; HttpOnly; SameSite=Strict")).isEqualTo(secure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.example.com:443", "https://api.example.com:80", "https://api.example.com:4430"})
    void takesAnotherPortForAnotherOrigin(String origin) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader(TRANSPORT, "cookie");
        request.addHeader("Origin", origin);
        CookieSettings settings = new CookieSettings(URI.create("https://api.example.com"), List.of());

        assertThatThrownBy(() -> new TokenTransportArgument(settings).transportOf(request))
                .isInstanceOf(OriginNotAllowed.class);
    }

    @Test
    void isSecureAndOfNoOriginWithoutSettings() {
        new ApplicationContextRunner()
                .withUserConfiguration(SettingsAlone.class)
                .withPropertyValues("herald.session.cookie.public-url=", "herald.session.cookie.allowed-origins=")
                .run(context -> {
                    CookieSettings settings = context.getBean(CookieSettings.class);
                    assertThat(settings.isSecure()).isTrue();
                    assertThat(settings.origins().checkOrigin("http://localhost:3000"))
                            .isNull();
                });
    }

    @EnableConfigurationProperties(CookieSettings.class)
    static class SettingsAlone {}

    private Answer logIn() {
        return browser.post(LOGIN, credentials()).expect(200);
    }

    private Map<String, String> credentials() {
        return Map.of("email", ada.email(), "password", ada.password());
    }

    private Api with(Answer answer) {
        return browser.with("Cookie", cookie(answer));
    }

    private static String cookie(Answer answer) {
        return String.valueOf(answer.header("Set-Cookie")).replaceFirst(";.*", "");
    }
}
