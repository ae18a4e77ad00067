package dev.herald.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.testing.EventContract;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.ServiceTest;
import dev.herald.platform.topic.EventTopic;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class WelcomeEmailTest {

    private static final String TOPIC = "user-events";

    /** Stays the same when a test stops the server and starts it again. */
    private static final ServerSetup ADDRESS =
            new ServerSetup(TestSocketUtils.findAvailableTcpPort(), "localhost", ServerSetup.PROTOCOL_SMTP);

    private static final GreenMail SMTP = started();

    @TestConfiguration(proxyBeanMethods = false)
    static class UserService {

        /** The topic's owner is not here. */
        @Bean
        NewTopic userEventsTopic() {
            return EventTopic.of(TOPIC);
        }
    }

    @DynamicPropertySource
    static void smtp(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.host", () -> "localhost");
        properties.add("spring.mail.port", ADDRESS::getPort);
        properties.add("herald.email.attempts", () -> 5);
        properties.add("herald.email.back-off", () -> "300ms");
        properties.add("herald.email.max-back-off", () -> "1s");
    }

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    private final KafkaWire kafka = new KafkaWire();
    private final UUID user = UUID.randomUUID();
    private final String address = "ada-" + user + "@example.com";

    private static GreenMail started() {
        GreenMail smtp = new GreenMail(ADDRESS);
        smtp.start();
        return smtp;
    }

    @BeforeEach
    void awaitTheTopic() {
        await().until(() -> kafka.topics().contains(TOPIC));
    }

    @AfterAll
    static void stopSmtp() {
        SMTP.stop();
    }

    @Test
    void welcomesANewUserInTextAndHtml() throws MessagingException, IOException {
        UUID event = announce("Ada <b>Lovelace</b> ä😀");

        MimeMessage email = received(1).getFirst();
        assertThat(email.getSubject()).isEqualTo("Welcome to Herald");
        assertThat(email.getMessageID()).isEqualTo("<" + event + "@herald.example>");
        assertThat(email.getFrom()).extracting(Object::toString).containsExactly("Herald <no-reply@herald.example>");
        assertThat(email.getAllRecipients()).extracting(Object::toString).containsExactly(address);
        assertThat(email.getSentDate()).isNotNull();
        assertThat(email.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(email.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) email.getContent();
        assertThat(part(parts, 0, "text/plain")).startsWith("Hello Ada <b>Lovelace</b> ä😀,");
        assertThat(part(parts, 1, "text/html")).contains("Hello <span>Ada &lt;b&gt;Lovelace&lt;/b&gt; ä😀</span>,");
        awaitStatus(event, "SENT");
        assertThat(delivery(event)).containsEntry("attempts", 1).doesNotContainEntry("sent_at", null);
        assertThat(meters.get("herald.email.delivery.latency").timer().count()).isPositive();
    }

    @Test
    void readsTheSampleOfTheContract() {
        EventContract contract = EventContract.v1("user.created");
        UUID event = kafka.send(TOPIC, "user.created", user, contract.sample());

        awaitStatus(event, "SENT");
        assertThat(delivery(event)).containsEntry("recipient", "ada@example.com");
    }

    @Test
    void sendsOneEmailHoweverOftenTheEventArrives() {
        EventMetadata event =
                new EventMetadata(UUID.randomUUID(), "user.created", "/user-service", user.toString(), Instant.now());
        for (int i = 0; i < 3; i++) {
            kafka.send(TOPIC, event, json("Ada"));
        }
        UUID next = announce("the one behind");

        awaitStatus(next, "SENT");
        assertThat(received(2)).hasSize(2);
    }

    @Test
    void triesAgainUntilSmtpTakesIt() {
        SMTP.stop();
        UUID event = announce("Ada");
        await().until(() -> delivery(event).get("attempts") instanceof Integer attempts && attempts >= 1);
        SMTP.start();

        awaitStatus(event, "SENT");
        assertThat(received(1)).hasSize(1);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        SMTP.stop();
        try {
            UUID event = announce("Ada");

            awaitStatus(event, "FAILED");
            assertThat(delivery(event)).containsEntry("attempts", 5).containsEntry("sent_at", null);
            assertThat(String.valueOf(delivery(event).get("last_error"))).isNotBlank();
            assertThat(meters.get("herald.emails")
                            .tags("type", "welcome", "outcome", "failed")
                            .counter()
                            .count())
                    .isPositive();
        } finally {
            SMTP.start();
        }
    }

    @Test
    void setsAnEventThatCannotBeParsedAsideAndGoesOn() {
        UUID broken = kafka.send(TOPIC, "user.created", user, "{\"id\": ");
        UUID next = announce("the one behind");

        awaitStatus(next, "SENT");
        assertThat(delivery(broken)).isEmpty();
        await().untilAsserted(() -> assertThat(kafka.read("user-events.notification-service.dlt"))
                .extracting(message -> new String(message.value(), UTF_8))
                .contains("{\"id\": "));
        assertThat(meters.get("herald.dead.letters")
                        .tags("topic", TOPIC, "consumer", "notification-service")
                        .counter()
                        .count())
                .isPositive();
    }

    private UUID announce(String name) {
        return kafka.send(TOPIC, "user.created", user, json(name));
    }

    private String json(String name) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "id",
                        user,
                        "name",
                        name,
                        "email",
                        address,
                        "createdAt",
                        Instant.now().toString(),
                        "version",
                        0));
    }

    private void awaitStatus(UUID event, String status) {
        await().atMost(ofSeconds(30)).until(() -> status.equals(delivery(event).get("status")));
    }

    private Map<String, @Nullable Object> delivery(UUID event) {
        List<Map<String, @Nullable Object>> rows = jdbc.queryForList("select * from email where event_id = ?", event);
        return rows.isEmpty() ? Map.of() : rows.getFirst();
    }

    private List<MimeMessage> received(int count) {
        return await().atMost(ofSeconds(30))
                .until(
                        () -> Stream.of(SMTP.getReceivedMessages())
                                .filter(this::isToThisUser)
                                .toList(),
                        emails -> emails.size() == count);
    }

    private boolean isToThisUser(MimeMessage email) {
        try {
            return Arrays.toString(email.getAllRecipients()).contains(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(MimeMultipart parts, int index, String type) throws MessagingException, IOException {
        BodyPart part = parts.getBodyPart(index);
        assertThat(part.isMimeType(type)).isTrue();
        return part.getContent().toString();
    }
}
