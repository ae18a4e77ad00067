package dev.herald.user.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.testing.EventContract;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.user.UserServiceTest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@UserServiceTest
class UserEventsTest {

    private static final String TOPIC = "user-events";

    @Autowired
    private Registration registration;

    private final KafkaWire kafka = new KafkaWire();

    @Test
    void announcesANewUserAsItsContractSays() {
        UserSnapshot user = registration.register(
                registration.prepare(new RegisterUser(
                        "Ada",
                        UUID.randomUUID() + "@example.com",
                        "correct horse 42",
                        List.of(new RegisterUser.NewPost("Title", "Content", true)))),
                Set.of(Role.USER),
                null);

        ConsumerRecord<String, byte[]> message = await().atMost(ofSeconds(30))
                .until(() -> kafka.read(TOPIC, user.id()), messages -> messages.size() == 1)
                .getFirst();
        String payload = new String(message.value(), UTF_8);
        EventContract.v1("user.created").assertAllows(payload);
        EventMetadata event = CloudEvents.read(message.headers());
        assertThat(event.type()).isEqualTo("user.created");
        assertThat(event.source()).isEqualTo("/user-service");
        JsonNode content = JsonMapper.shared().readTree(payload);
        assertThat(content.get("id").asString()).isEqualTo(user.id().toString());
        assertThat(content.get("email").asString()).isEqualTo(user.email());
        assertThat(content.get("version").asLong()).isEqualTo(user.version());
        assertThat(payload).doesNotContain("correct horse", "argon2");
    }

    @Test
    void publishesASampleThatItsSchemaAllows() {
        EventContract contract = EventContract.v1("user.created");

        contract.assertAllows(contract.sample());
    }
}
