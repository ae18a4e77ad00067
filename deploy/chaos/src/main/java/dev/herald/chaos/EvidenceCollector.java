package dev.herald.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads databases and topics after the run. */
final class EvidenceCollector {

    private static final String USERS = "select id, name || ' <' || email || '>', created_at, version from users";
    private static final String AUTHORS = "select id, name || ' <' || email || '>', registered_at, version from author";
    private static final String POSTS = "select id, title, created_at, version from post";

    private EvidenceCollector() {}

    static Evidence into(SuiteUnderTest suite, List<Email> mails, List<FaultInjection> injections) throws SQLException {
        return new Evidence(
                rows(suite, "users", USERS),
                rows(suite, "posts", AUTHORS),
                rows(suite, "posts", POSTS),
                Stream.of(Write.Subject.values())
                        .flatMap(subject -> Topic.of(subject).read(suite.kafka()).stream())
                        .toList(),
                Topic.deadLetters(suite.kafka()),
                mails,
                injections);
    }

    private static Map<String, Evidence.Row> rows(SuiteUnderTest suite, String database, String query)
            throws SQLException {
        Map<String, Evidence.Row> rows = new HashMap<>();
        try (Connection connection = suite.database(database);
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
