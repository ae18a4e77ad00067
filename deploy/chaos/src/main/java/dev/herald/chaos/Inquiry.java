package dev.herald.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gathers the evidence. */
final class Inquiry {

    private static final String USERS = "select id, name || ' <' || email || '>', created_at, version from users";
    private static final String AUTHORS = "select id, name || ' <' || email || '>', registered_at, version from author";
    private static final String POSTS = "select id, title, created_at, version from post";

    private Inquiry() {}

    static Evidence into(Stage stage, List<Mail> mails, List<Blow> blows) throws SQLException {
        return new Evidence(
                rows(stage, "users", USERS),
                rows(stage, "posts", AUTHORS),
                rows(stage, "posts", POSTS),
                Stream.of(Write.Subject.values())
                        .flatMap(subject -> Topic.of(subject).read(stage.kafka()).stream())
                        .toList(),
                Topic.deadLetters(stage.kafka()),
                mails,
                blows);
    }

    private static Map<String, Evidence.Row> rows(Stage stage, String database, String query) throws SQLException {
        Map<String, Evidence.Row> rows = new HashMap<>();
        try (Connection connection = stage.database(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.put(
                        result.getString(1),
                        new Evidence.Row(
                                result.getString(1), result.getString(2), result.getString(3), result.getLong(4)));
            }
        }
        return rows;
    }
}
