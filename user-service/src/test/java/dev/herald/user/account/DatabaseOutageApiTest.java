package dev.herald.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * The database becomes unavailable in the middle of a transaction, in different ways; the user's name selects the way.
 */
@UserServiceTest
@ExtendWith(OutputCaptureExtension.class)
class DatabaseOutageApiTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void breakTransactions() {
        jdbc.execute("""
                create or replace function break_transaction() returns trigger language plpgsql as $$
                begin
                    if new.name = 'terminated ' || tg_argv[0] then
                        perform pg_terminate_backend(pg_backend_pid());
                        perform pg_sleep(10);
                    elsif new.name ~ '^[0-9A-Z]{5}$' then
                        raise 'outage' using errcode = new.name;
                    end if;
                    return new;
                end $$""");
        jdbc.execute("""
                create trigger break_statement before insert on users
                for each row execute function break_transaction('in a statement')""");
        jdbc.execute("""
                create constraint trigger break_commit after insert on users deferrable initially deferred
                for each row execute function break_transaction('in the commit')""");
    }

    @AfterEach
    void mendTransactions() {
        jdbc.execute("drop trigger break_statement on users");
        jdbc.execute("drop trigger break_commit on users");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "terminated in a statement",
                "terminated in the commit",
                "25006",
                "25P03",
                "53100",
                "53300",
                "57P01",
                "57P02",
                "57P03",
                "58030",
                "08006"
            })
    void answers503WithOneLineInTheLog(String name, CapturedOutput log) {
        String email = "ada+" + UUID.randomUUID() + "@example.com";

        Answer answer =
                new Api(http).post("/api/users", Map.of("name", name, "email", email, "password", TestUser.PASSWORD));

        answer.problem(503, "upstream-unavailable");
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(log.getAll().lines().filter(line -> line.contains("POST /api/users")))
                .singleElement()
                .asString()
                .contains("cannot be served");
        assertThat(log).doesNotContain("\tat ").doesNotContain(email);
    }
}
