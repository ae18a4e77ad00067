package dev.herald.user.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How addresses are shown, and which addresses are equal. */
@UserServiceTest
class EmailAddressesTest {

    @Autowired
    private RestTestClient http;

    /** Keeps the accounts of this test apart from others. */
    private final String host = UUID.randomUUID() + ".example";

    private final String typed = "Ada.Lovelace@B\u00fccher." + host;
    private final String shown = "Ada.Lovelace@xn--bcher-kva." + host;

    @Test
    void showsTheLocalPartAsTypedAndTheDomainInALabels() {
        TestUser ada = register(typed);

        assertThat(ada.api().get("/api/users/me").expect(200).text("email")).isEqualTo(shown);
        assertThat(claims(ada).get("email").asString()).isEqualTo(shown);
        KafkaWire kafka = new KafkaWire();
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(kafka.read("user-events", ada.id()))
                        .map(message -> JsonMapper.shared()
                                .readTree(new String(message.value(), UTF_8))
                                .get("email")
                                .asString())
                        .containsExactly(shown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada.Lovelace@B\u00fccher.",
                "ada.lovelace@xn--bcher-kva.",
                "ADA.LOVELACE@XN--BCHER-KVA.",
                "ada.lovelace@B\u00dcCHER.",
                "ada.lovelace@bu\u0308cher.",
                "ada.lovelace@ｂücher。",
                "ada.lovelace@b\u00fc\u00adcher."
            })
    void isOneAddressHoweverItIsSpelled(String spelling) {
        TestUser ada = register(typed);

        logIn(spelling + host, ada.password()).expect(200);
        post(spelling + host).problem(409, "email-taken");
        TestUser eve = TestUser.register(new Api(http));
        TestUser.admin(new Api(http))
                .api()
                .put(eve.path(), Map.of("name", "Eve", "email", spelling + host))
                .problem(409, "email-taken");
    }

    /** PostgreSQL and Java fold these letters to ASCII in different ways. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0130da", "i\u0307da", "\u0131da", "ｉda"})
    void isAnotherAddressWithALetterThatIsNotAscii(String localPart) {
        String ida = "ida@" + host;
        TestUser registered = register(ida);

        logIn(localPart + "@" + host, registered.password()).problem(401, "invalid-credentials");
        for (int i = 0; i < 5; i++) {
            logIn(localPart + "@" + host, "guess " + i).expect(i < 4 ? 401 : 429);
        }
        logIn(ida, registered.password()).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "@",
                "a@b@c",
                "d\u00f6rte@example.com",
                "\"a b\"@example.com",
                "ada@[127.0.0.1]",
                "ada@a_b.example",
                "ada@xn--a.example",
                "ada@example.com\r\nBcc: eve@example.com"
            })
    void isNeverRefusedByALogin(String email) {
        logIn(email, "not the password").problem(401, "invalid-credentials");
    }

    @Test
    void isNeverTooLongForALogin() {
        logIn("a".repeat(100_000) + "@" + "\u00fc".repeat(100_000), "not the password")
                .problem(401, "invalid-credentials");
    }

    @Test
    void isKeptAsItIsByAChangeOfTheName() {
        TestUser ada = register(typed);

        for (String same : new String[] {typed, shown}) {
            Answer changed = ada.api()
                    .put(ada.path(), Map.of("name", "Ada King of " + same, "email", same))
                    .expect(200);

            assertThat(changed.text("email")).isEqualTo(shown);
        }
        logIn(typed, ada.password()).expect(200);
    }

    @Test
    void isTheNewOneAfterAChange() {
        TestUser ada = register(typed);
        String other = "Ada@stra\u00dfe." + host;

        Answer changed = TestUser.admin(new Api(http))
                .api()
                .put(ada.path(), Map.of("name", "Ada", "email", other))
                .expect(200);

        assertThat(changed.text("email")).isEqualTo("Ada@xn--strae-oqa." + host);
        logIn(other, ada.password()).expect(200);
        logIn(typed, ada.password()).expect(401);
        post(typed).expect(201);
    }

    private TestUser register(String email) {
        UUID id = UUID.fromString(post(email).expect(201).text("id"));
        Answer tokens = logIn(email, TestUser.PASSWORD).expect(200);
        return new TestUser(
                new Api(http), id, email, TestUser.PASSWORD, tokens.text("accessToken"), tokens.text("refreshToken"));
    }

    private Answer post(String email) {
        return new Api(http).post("/api/users", Map.of("name", "Ada", "email", email, "password", TestUser.PASSWORD));
    }

    private Answer logIn(String email, String password) {
        return new Api(http).post("/api/auth/login", Map.of("email", email, "password", password));
    }

    private static JsonNode claims(TestUser user) {
        String payload = user.accessToken().split("\\.", -1)[1];
        return JsonMapper.shared().readTree(new String(Base64.getUrlDecoder().decode(payload), UTF_8));
    }
}
