package dev.herald.notification.delivery;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.notification.smtp.SmtpServer;
import dev.herald.platform.event.EventMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.util.HtmlUtils;

@NotificationServiceTest
class WelcomeEmailTest {

    private static final int LONGEST_NAME = 100;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private UserEvents userEvents;

    private final UUID user = UUID.randomUUID();
    private final String address = UserEvents.address(user);

    @Test
    void welcomesANewUserInTextAndHtml() throws MessagingException, IOException {
        UUID event = announce("Ada Lovelace ä");

        MimeMessage email = smtp.received(address, 1).getFirst();
        assertThat(email.getSubject()).isEqualTo("Welcome to Herald");
        assertThat(email.getMessageID()).isEqualTo("<" + event + "@herald.example>");
        assertThat(email.getFrom()).extracting(Object::toString).containsExactly("Herald <no-reply@herald.example>");
        assertThat(email.getAllRecipients()).extracting(Object::toString).containsExactly(address);
        assertThat(email.getSentDate()).isNotNull();
        assertThat(email.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(email.getContentType()).startsWith("multipart/alternative");
        assertThat(SmtpServer.part(email, 0, "text/plain")).startsWith("Hello Ada Lovelace ä,");
        assertThat(SmtpServer.part(email, 1, "text/html")).contains("Hello <bdi>Ada Lovelace ä</bdi>,");
        awaitStatus(event, "SENT");
        assertThat(delivery(event)).containsEntry("attempts", 1).doesNotContainEntry("sent_at", null);
        assertThat(meters.get("herald.email.delivery.latency")
                        .tag("type", "welcome")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void sendsOneEmailHoweverOftenTheEventArrives() {
        EventMetadata event = UserEvents.event("user.created", user, Instant.now());
        for (int i = 0; i < 3; i++) {
            userEvents.send(event, UserEvents.json(user, "Ada"));
        }
        UUID next = announce("the one behind");

        awaitStatus(next, "SENT");
        assertThat(smtp.received(address, 2)).hasSize(2);
    }

    @Test
    void sendsNoSecondEmailWhenTheInboxHasForgottenTheEvent() {
        EventMetadata event = UserEvents.event("user.created", user, Instant.now());
        userEvents.send(event, UserEvents.json(user, "Ada"));
        awaitStatus(event.id(), "SENT");
        jdbc.update("delete from processed_event where event_id = ?", event.id());

        userEvents.send(event, UserEvents.json(user, "Ada"));

        userEvents.awaitHandled(event.id());
        awaitStatus(announce("the one behind"), "SENT");
        assertThat(smtp.received(address, 2)).hasSize(2);
    }

    @Test
    void countsAnEventFromTheFutureAsSentAtOnce() {
        Timer latency = meters.get("herald.email.delivery.latency")
                .tag("type", "welcome")
                .timer();
        long before = latency.count();
        EventMetadata event =
                UserEvents.event("user.created", user, Instant.now().plus(1, ChronoUnit.HOURS));

        userEvents.send(event, UserEvents.json(user, "Ada"));

        await().atMost(ofSeconds(30)).until(() -> latency.count() == before + 1);
        awaitStatus(event.id(), "SENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "J. R. R. Tolkien",
                "J.R.R. O'Neil-Smith 3",
                "آدا لوفلايس",
                "阿达 洛芙莱斯",
                "A\u0301d\u0323a\u20dd",
                "No"
            })
    @MethodSource("lettersOfEveryScript")
    void greetsByName(String name) throws MessagingException, IOException {
        announce(name);

        MimeMessage email = assertOnlyTheGreetingDiffers();
        assertThat(SmtpServer.part(email, 0, "text/plain")).startsWith("Hello " + name + ",");
        assertThat(SmtpServer.part(email, 1, "text/html"))
                .contains("Hello <bdi>" + HtmlUtils.htmlEscape(name, "UTF-8") + "</bdi>,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi,\r\n\r\nyour account is suspended: https://evil.example/x",
                "\r\nBcc: eve@example.com",
                "\r\n.\r\nRCPT TO:<eve@example.com>",
                "www.evil.example",
                "👩🏽‍💻🏳️‍🌈",
                "\u202eecalevoL adA",
                "${1+1} [[${name}]] [(${name})] th:text",
                "<script>alert('1')</script>&amp;\""
            })
    void greetsWithoutANameThatCouldBeMoreThanOne(String name) throws MessagingException, IOException {
        announce(name);

        MimeMessage email = assertOnlyTheGreetingDiffers();
        assertThat(SmtpServer.part(email, 0, "text/plain"))
                .startsWith("Hello,\r\n")
                .doesNotContain("evil");
        assertThat(SmtpServer.part(email, 1, "text/html"))
                .contains(">Hello,</h1>")
                .doesNotContain("evil");
    }

    private MimeMessage assertOnlyTheGreetingDiffers() throws MessagingException, IOException {
        MimeMessage email = smtp.received(address, 1).getFirst();
        assertThat(email.getSubject()).isEqualTo("Welcome to Herald");
        assertThat(email.getAllRecipients()).extracting(Object::toString).containsExactly(address);
        assertThat(Collections.list(email.getAllHeaders()))
                .extracting(Header::getName)
                .containsOnlyOnce("To", "Subject", "Message-ID", "Content-Type")
                .doesNotContain("Bcc");
        assertThat(SmtpServer.part(email, 0, "text/plain")).endsWith("Herald\r\n");
        assertThat(SmtpServer.part(email, 1, "text/html")).endsWith("</html>\r\n");
        assertThat(smtp.received()).noneMatch(received -> SmtpServer.isTo("eve@example.com", received));
        return email;
    }

    /** Names of the greatest length, made of the first letter of each script in Unicode. */
    static List<String> lettersOfEveryScript() {
        int[] letters = Stream.of(UnicodeScript.values())
                .flatMap(script -> IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(letter -> Character.isLetter(letter) && UnicodeScript.of(letter) == script)
                        .boxed()
                        .findFirst()
                        .stream())
                .mapToInt(Integer::intValue)
                .toArray();
        return IntStream.iterate(0, start -> start < letters.length, start -> start + LONGEST_NAME)
                .mapToObj(start -> new String(letters, start, Math.min(LONGEST_NAME, letters.length - start)))
                .toList();
    }

    @Test
    void showsEveryMeterFromTheStart() {
        for (String type : List.of("welcome", "password-changed")) {
            for (String outcome : List.of("sent", "retried", "failed", "refused")) {
                assertThat(meters.get("herald.emails")
                                .tags("type", type, "outcome", outcome)
                                .counters())
                        .hasSize(1);
            }
        }
        assertThat(meters.get("resilience4j.circuitbreaker.state")
                        .tag("name", "smtp")
                        .gauges())
                .isNotEmpty();
        assertThat(meters.get("resilience4j.ratelimiter.available.permissions")
                        .tag("name", "smtp")
                        .gauge()
                        .value())
                .isLessThanOrEqualTo(100);
    }

    @Test
    void movesAnUnparsableEventToTheDeadLetters() {
        UUID broken = userEvents.send("user.created", user, "{\"id\": ");
        UUID next = announce("the one behind");

        awaitStatus(next, "SENT");
        assertThat(delivery(broken)).isEmpty();
        userEvents.awaitDead(List.of(broken));
        assertThat(meters.get("herald.dead.letters")
                        .tags("topic", "user-events", "consumer", "notification-service")
                        .counter()
                        .count())
                .isPositive();
    }

    private UUID announce(String name) {
        return userEvents.announce("user.created", user, name);
    }

    private void awaitStatus(UUID event, String status) {
        await().atMost(ofSeconds(30)).until(() -> status.equals(delivery(event).get("status")));
    }

    private Map<String, @Nullable Object> delivery(UUID event) {
        List<Map<String, @Nullable Object>> rows = jdbc.queryForList("select * from email where event_id = ?", event);
        return rows.isEmpty() ? Map.of() : rows.getFirst();
    }
}
