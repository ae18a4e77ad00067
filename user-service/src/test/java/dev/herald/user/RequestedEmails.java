package dev.herald.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;

import dev.herald.platform.jwe.JweCipher;
import dev.herald.platform.testing.KafkaWire;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The emails that this service has requested on Kafka, and their tokens. */
@TestComponent
public class RequestedEmails {

    public static final String TOPIC = "user-email-requests";

    private final KafkaWire kafka = new KafkaWire();
    private final JweCipher cipher;

    RequestedEmails(Environment environment) {
        this.cipher = new JweCipher(environment.getRequiredProperty("herald.account.email-secret"), "");
    }

    /** The token of the only email of a kind, when it has come. */
    public String token(UUID user, String kind) {
        return tokens(user, kind, 1).getFirst();
    }

    /** The tokens of all emails of a kind, in the order of their requests, when there are so many. */
    public List<String> tokens(UUID user, String kind, int count) {
        return await(user, kind, count).stream()
                .map(email -> cipher.decrypt(email.get("secret").asString()))
                .toList();
    }

    /** All emails of a kind, in the order of their requests, when there are so many. */
    public List<JsonNode> await(UUID user, String kind, int count) {
        return Awaitility.await().atMost(ofSeconds(30)).until(() -> of(user, kind), emails -> emails.size() == count);
    }

    public List<JsonNode> of(UUID user, String kind) {
        return kafka.read(TOPIC).stream()
                .map(message -> JsonMapper.shared().readTree(new String(message.value(), UTF_8)))
                .filter(email -> email.get("userId").asString().equals(user.toString()))
                .filter(email -> email.get("kind").asString().equals(kind))
                .sorted((one, other) ->
                        one.get("id").asString().compareTo(other.get("id").asString()))
                .toList();
    }
}
