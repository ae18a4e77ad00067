package dev.herald.benchmarks;

import dev.herald.platform.paging.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Users by the million, put into the table itself: to register them would take the best part of a day. No event tells of them. */
final class Rows {

    static final int MILLION = 1_000_000;

    /** Not the accounts' domain: these are removed by SQL, since no other service knows of them. */
    private static final String DOMAIN = "row.bench.example";

    /** One a minute from the year 2000 on: older than any real user, so they are the end of the list, and no two are of an age. */
    private static final String INSERT = """
            insert into users (id, name, email, password_hash, roles, created_at, updated_at, version)
            select uuidv7(at - now()), 'Row ' || number, number || '@%s', '!', '{USER}', at, at, 0
            from (
                select number, timestamptz '2000-01-01 00:00:00Z' + number * interval '1 minute' as at
                from generate_series(1, ?) number
            )
            """.formatted(DOMAIN);

    private static final String MARK = "email like '%%@%s'".formatted(DOMAIN);

    private final Database database;
    private boolean ended;

    Rows(Database database) {
        this.database = database;
    }

    /** Makes it that many, unless an earlier run has left just as many. */
    synchronized void load(int count) throws SQLException {
        if (ended) {
            throw new BenchFailed("The benchmark has been told to end.");
        }
        if (count() == count) {
            return;
        }
        remove();
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, count);
            insert.executeUpdate();
        }
        settle();
    }

    /** Removes all of them, after those that are being loaded, and loads no more. */
    synchronized void removeForGood() throws SQLException {
        ended = true;
        remove();
    }

    private void remove() throws SQLException {
        if (count() == 0) {
            return;
        }
        execute("delete from users where " + MARK);
        settle();
    }

    /**
     * The cursor of the list's last page, which a client would get only after all the pages before it.
     *
     * @param limit of the page
     */
    String lastPage(int limit) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        "select created_at, id from users order by created_at, id offset ? limit 1")) {
            select.setInt(1, limit);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                throw new BenchFailed("There is only one page of users.");
            }
            return Cursor.of(row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, UUID.class))
                    .encode();
        }
    }

    private int count() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("select count(*) from users where " + MARK);
            row.next();
            return row.getInt(1);
        }
    }

    /** What PostgreSQL would do by itself a minute later, in the middle of the measuring. */
    private void settle() throws SQLException {
        execute("vacuum (analyze) users");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
