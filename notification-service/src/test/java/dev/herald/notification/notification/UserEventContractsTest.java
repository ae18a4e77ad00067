package dev.herald.notification.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.platform.testing.Damage;
import dev.herald.platform.testing.EventContract;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@NotificationServiceTest
class UserEventContractsTest {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private UserEvents userEvents;

    private final UUID user = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({"user.created, WELCOME", "user.password-changed, PASSWORD_CHANGED"})
    void readsTheSample(String type, String email) {
        ObjectNode event = sample(type);

        userEvents.awaitHandled(userEvents.send(type, user, event.toString()));

        assertThat(jdbc.queryForMap("select * from email where user_id = ?", user))
                .containsEntry("type", email)
                .containsEntry("recipient", event.get("email").asString())
                .containsEntry("recipient_name", event.get("name").asString());
    }

    @Test
    void readsTheSampleOfADeletion() {
        userEvents.awaitHandled(
                userEvents.send("user.deleted", user, sample("user.deleted").toString()));

        assertThat(jdbc.queryForList("select * from erased_user where user_id = ?", user))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.created", "user.password-changed", "user.deleted"})
    void ignoresFieldsThatItDoesNotKnow(String type) {
        ObjectNode event = sample(type);
        event.putObject("later").put("added", true);

        userEvents.awaitHandled(userEvents.send(type, user, event.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void setsAnEventAsideWithoutAFieldItReads(Damage damage) {
        List<UUID> broken = new ArrayList<>();
        for (String type : List.of("user.created", "user.password-changed")) {
            for (String field : List.of("id", "name", "email")) {
                broken.add(send(type, damage.to(sample(type), field)));
            }
        }
        broken.add(send("user.deleted", damage.to(sample("user.deleted"), "id")));

        userEvents.awaitDead(broken);
        assertThat(jdbc.queryForList("select * from email where user_id = ?", user))
                .isEmpty();
    }

    private UUID send(String type, ObjectNode event) {
        return userEvents.send(type, user, event.toString());
    }

    /** The contract's sample with the id of this test's user. Checks that the sample is valid. */
    private ObjectNode sample(String type) {
        EventContract contract = EventContract.v1(type);
        contract.assertAllows(contract.sample());
        ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(contract.sample());
        event.put("id", user.toString());
        return event;
    }
}
