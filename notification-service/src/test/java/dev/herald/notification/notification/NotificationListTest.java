package dev.herald.notification.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Where;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.Routes;
import dev.herald.platform.testing.TestTokens;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@NotificationServiceTest
class NotificationListTest {

    private static final Instant TIME = Instant.parse("2026-01-05T09:30:00.123456Z");

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private ApplicationContext service;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @BeforeEach
    void forgetEverybody() {
        jdbc.update("delete from email");
    }

    @Test
    void showsWhatBecameOfAnEmail() {
        UUID sent = email(ada, "PASSWORD_CHANGED", "SENT", TIME);
        UUID pending = email(ada, "WELCOME", "PENDING", TIME.minusSeconds(1));

        assertThat(as(ada, "").expect(200).json().get("items").toString()).isEqualToIgnoringWhitespace("""
                [{"id": "%s", "type": "password-changed", "recipient": "%s", "subject": "subject", "status": "SENT",
                  "attempts": 2, "createdAt": "2026-01-05T09:30:00.123456Z", "sentAt": "2026-01-05T09:30:01.123456Z"},
                 {"id": "%s", "type": "welcome", "recipient": "%s", "subject": "subject", "status": "PENDING",
                  "attempts": 2, "createdAt": "2026-01-05T09:29:59.123456Z"}]
                """.formatted(
                        sent, UserEvents.address(ada), pending, UserEvents.address(ada)));
    }

    @Test
    void showsWhatOnlyAnotherVersionCanSend() {
        email(ada, "LATER", "PENDING", TIME);

        assertThat(as(ada, "").expect(200).json().get("items").findValuesAsString("type"))
                .containsExactly("LATER");
    }

    @Test
    void pagesNewestFirst() {
        for (int i = 0; i < 5; i++) {
            // Pairs with the same time, which are sorted by id.
            email(ada, "WELCOME", "SENT", TIME.plusSeconds(i / 2));
        }
        List<@Nullable String> emails =
                jdbc.queryForList("select id::text from email order by created_at desc, id desc", String.class);
        email(bob, "WELCOME", "SENT", TIME);

        List<String> seen = new ArrayList<>();
        Answer page = as(ada, "?limit=2").expect(200);
        seen.addAll(ids(page));
        while (page.json().has("nextCursor")) {
            String link = String.valueOf(page.header("Link"));
            assertThat(link).startsWith("</api/notifications?").endsWith(">; rel=\"next\"");
            page = as(ada, link.substring(link.indexOf('?'), link.indexOf('>')));
            seen.addAll(ids(page));
        }

        assertThat(seen).containsExactlyElementsOf(emails);
    }

    @Test
    void showsOtherUsersNotificationsToAdministratorsOnly() {
        String adas = email(ada, "WELCOME", "SENT", TIME).toString();
        String bobs = email(bob, "WELCOME", "FAILED", TIME).toString();
        UUID admin = UUID.randomUUID();
        String admins = email(admin, "WELCOME", "FAILED", TIME.minusSeconds(1)).toString();

        assertThat(ids(as(ada, ""))).containsExactly(adas);
        assertThat(ids(as(ada, "?userId=" + ada))).containsExactly(adas);
        assertThat(ids(asAdmin(admin, ""))).containsExactly(admins);
        assertThat(ids(asAdmin(admin, "?userId=" + bob))).containsExactly(bobs);
        assertThat(ids(asAdmin(admin, "?status=FAILED"))).containsExactly(bobs, admins);
        assertThat(ids(asAdmin(admin, "?status=FAILED&userId=" + bob))).containsExactly(bobs);
        assertThat(ids(asAdmin(admin, "?status=PENDING&userId=" + bob))).isEmpty();
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(strings = {"?userId=BOB", "?status=FAILED", "?status=SENT&userId=ADA"})
        void whatIsForAdministrators(String query) {
            as(ada, query.replace("BOB", bob.toString()).replace("ADA", ada.toString()))
                    .problem(403, "forbidden");
        }

        @ParameterizedTest
        @CsvSource({
            "?limit=0, validation-failed",
            "?limit=101, validation-failed",
            "?userId=1-1-1-1-1, validation-failed",
            "?status=LOST, validation-failed",
            "?cursor=forged, invalid-cursor",
            "?cursor=WyIyMDI2LTAxLTA1IiwibXkgaWQiXQ, invalid-cursor"
        })
        void aBadParameter(String query, String code) {
            as(ada, query).problem(400, code);
        }

        @Test
        void anybodyWithoutAToken() {
            Routes.assertDenyByDefault(service, http);
        }

        @Test
        void refusesEveryBadToken() {
            Routes.assertBadTokensAreRefused(service, http, "/api/notifications");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, false, email_by_user", "false, true, email_by_status"})
    void findsAPageByAnIndexWithoutSorting(boolean ofOneUser, boolean inOneStatus, String index) {
        List<String> plan = new TransactionTemplate(transactions).execute(transaction -> {
            // The planner would not use an index for a table this small.
            jdbc.execute("set local enable_seqscan = off");
            jdbc.execute("set local enable_bitmapscan = off");
            Where where = NotificationList.where(
                    ofOneUser ? ada : null, inOneStatus ? NotificationStatus.FAILED : null, Cursor.of(TIME, ada));
            return JdbcClient.create(jdbc)
                    .sql("explain " + NotificationList.query(where))
                    .params(where.parameters())
                    .param("limit", 20)
                    .query((row, number) -> row.getString(1))
                    .list();
        });

        assertThat(plan)
                .anyMatch(step -> step.contains("Index Scan Backward using " + index))
                .noneMatch(step -> step.contains("Sort"));
    }

    private UUID email(UUID user, String type, String status, Instant createdAt) {
        UUID id = UUID.randomUUID();
        jdbc.update(
                """
                insert into email (id, event_id, event_time, type, user_id, recipient, recipient_name, subject, status,
                        attempts, due, next_attempt_at, created_at, sent_at, version)
                values (?, ?, now(), ?, ?, ?, 'Ada', 'subject', ?, 2, false, 'infinity', ?, ?, 0)
                """,
                id,
                UUID.randomUUID(),
                type,
                user,
                UserEvents.address(user),
                status,
                Timestamp.from(createdAt),
                status.equals("SENT") ? Timestamp.from(createdAt.plusSeconds(1)) : null);
        return id;
    }

    private Answer as(UUID user, String query) {
        return as(TestTokens.bearer(user), query);
    }

    private Answer asAdmin(UUID user, String query) {
        return as(TestTokens.bearer(user, "USER", "ADMIN"), query);
    }

    private Answer as(String bearer, String query) {
        return new Api(http).as(bearer).get("/api/notifications" + query);
    }

    private static List<String> ids(Answer page) {
        return page.expect(200)
                .json()
                .get("items")
                .valueStream()
                .map(email -> email.get("id").asString())
                .toList();
    }
}
