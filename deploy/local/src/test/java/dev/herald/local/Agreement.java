package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.AcknowledgedWrites.Kind;
import dev.herald.local.server.Inbox;
import dev.herald.local.settings.Settings;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether databases, topics and emails agree with each other and with what was acknowledged. */
record Agreement(Settings settings, DatabaseBackup database) {

    void awaitOf(AcknowledgedWrites load) {
        Set<String> left = load.users(Kind.DELETED);
        Set<String> stayed = new HashSet<>(load.users(Kind.REGISTERED));
        stayed.removeAll(left);
        await().atMost(ofMinutes(2)).untilAsserted(() -> {
            assertThat(database.rows("users", "select id from users"))
                    .containsAll(stayed)
                    .doesNotContainAnyElementsOf(left);
            String rows = "select id || ' ' || name || ' ' || email || ' ' || version from ";
            assertThat(Set.copyOf(database.rows("posts", rows + "author")))
                    .isEqualTo(Set.copyOf(database.rows("users", rows + "users")));
            assertTopic("user-events", database.rows("users", "select id from users"));
            assertTopic("post-events", database.rows("posts", "select id from post"));
            assertThat(database.rows("notifications", "select distinct user_id from email"))
                    .containsAll(stayed)
                    .doesNotContainAnyElementsOf(left);
            assertWelcomedOnce(load.addressesOf(stayed));
        });
    }

    private void assertTopic(String topic, List<String> ids) throws SQLException {
        assertThat(PublishedState.of(topic, settings.kafkaBootstrapServers()).keySet())
                .isEqualTo(Set.copyOf(ids));
    }

    private void assertWelcomedOnce(List<String> addresses) throws InterruptedException {
        Inbox inbox = new Inbox(settings);
        for (String address : addresses) {
            // An older instance sends the welcome email without its link, which then comes in an email of its own.
            assertThat(inbox.of(address))
                    .extracting(Inbox.Message::subject)
                    .containsOnlyOnce("Welcome to Herald")
                    .doesNotHaveDuplicates()
                    .isSubsetOf("Welcome to Herald", "Confirm your email address");
        }
    }
}
