package dev.herald.benchmarks;

import dev.herald.platform.paging.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The first and the last page of a million users. */
final class ListUsers implements Scenario {

    private static final int LIMIT = 20;
    private static final String FIRST_PAGE = "/api/users?limit=" + LIMIT;

    @Override
    public String name() {
        return "list-users";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        List<String> accessTokens = bench.accounts().signIn();
        bench.userRows().load(Rows.MILLION);
        String lastPage = FIRST_PAGE + "&cursor=" + lastCursor(bench.target().usersDatabase());
        requireLast(bench.userService().get(lastPage, accessTokens.getFirst(), 200));

        RoundRobin<String> tokens = new RoundRobin<>(accessTokens);
        List<Measured> measured = bench.measure(
                this,
                page("list-users first page", bench, FIRST_PAGE, tokens),
                page("list-users last page", bench, lastPage, tokens));
        Measured first = measured.get(0);
        Measured last = measured.get(1);
        return new Outcome(measured, List.of(Ratio.ofTimes(last, first, Aim.within(1.5))));
    }

    private static Load page(String name, Bench bench, String path, RoundRobin<String> tokens) {
        String address = bench.target().userService() + path;
        return Requests.reading(name, bench.users(), () -> address, tokens);
    }

    /** A client would get this cursor only after all pages before. */
    private static String lastCursor(Database database) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        "select created_at, id from users order by created_at, id offset ? limit 1")) {
            select.setInt(1, LIMIT);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                throw new BenchFailed("There is only one page of users.");
            }
            return Cursor.of(row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, UUID.class))
                    .encode();
        }
    }

    /** The cursor was made here, so the page must be checked. */
    private static void requireLast(JsonNode page) {
        if (page.path("items").size() != LIMIT || page.has("nextCursor")) {
            throw new BenchFailed("The list of users has another order or another cursor than this benchmark knows.");
        }
    }
}
