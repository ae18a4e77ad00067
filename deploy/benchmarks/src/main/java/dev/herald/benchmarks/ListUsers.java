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

/** The list of a million users: does its end cost what its beginning costs? */
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

    /** The cursor of the list's last page, which a client would get only after all the pages before it. */
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

    /** The cursor was made here and not by the list: is it the one that was meant? */
    private static void requireLast(JsonNode page) {
        if (page.path("items").size() != LIMIT || page.has("nextCursor")) {
            throw new BenchFailed("The list of users has another order or another cursor than this benchmark knows.");
        }
    }
}
