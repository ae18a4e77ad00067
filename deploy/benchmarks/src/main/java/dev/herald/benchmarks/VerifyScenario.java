package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures verifications of addresses, each of another user. Users and tokens are inserted directly, and a token equals the user's address.
 */
final class VerifyScenario {

    private static final String EMAILS = "verify-%@" + Accounts.DOMAIN;

    /** The number of tokens that are added at once. A phase of the usual length needs less than half of them. */
    private static final int TOKENS = 20_000;

    private final Database database;
    private final Accounts accounts;
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    private VerifyScenario(Bench bench) {
        this.database = bench.target().usersDatabase();
        this.accounts = bench.accounts();
    }

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        VerifyScenario verifications = new VerifyScenario(bench);
        String address = bench.target().userService() + "/api/auth/verify-email";
        Requests requests = new Requests(
                scenario.name(),
                bench.users(),
                204,
                title -> http(title)
                        .post(address)
                        .header("Content-Type", "application/json")
                        .body(StringBody(session -> verifications.body())));
        try {
            return new Scenario.Outcome(
                    bench.measure(scenario, new PreparedLoad(requests, verifications::addTokens)), List.of());
        } finally {
            verifications.removeUnused();
        }
    }

    private String body() {
        return JsonMapper.shared()
                .writeValueAsString(Map.of("token", Objects.requireNonNullElse(tokens.poll(), "none")));
    }

    private synchronized void addTokens() throws SQLException {
        if (tokens.size() > TOKENS / 2) {
            return;
        }
        accounts.insert("verify-", TOKENS);
        tokens.addAll(database.rows("""
                insert into account_token (hash, user_id, kind, email, email_key, created_at, expires_at)
                select encode(sha256(convert_to(email, 'UTF8')), 'hex'), id, 'VERIFICATION', email, email_key, now(), now() + interval '1 day'
                from users where email like ?
                on conflict do nothing
                returning email
                """, row -> row.getString(1), EMAILS));
        database.execute("vacuum (analyze) users, account_token");
    }

    /** Deletes the unused tokens and their users directly, because no other service has data of these users. */
    private void removeUnused() throws SQLException {
        database.execute("delete from account_token where used_at is null and email like '%s'".formatted(EMAILS));
        database.execute("delete from users where verified_email_key is null and email like '%s'".formatted(EMAILS));
    }
}
