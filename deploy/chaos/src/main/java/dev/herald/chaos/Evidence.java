package dev.herald.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The stored data when all work is done.
 *
 * @param users the rows of user-service, by id
 * @param authors post-service's copies of the users, by id
 * @param posts the rows of post-service, by id
 * @param events the events of both topics in the order of each partition, with repeats
 * @param deadLetters the events that a consumer could not handle
 * @param mails the emails that SMTP accepted, with repeats
 * @param injections the faults of the run
 */
record Evidence(
        Map<String, Row> users,
        Map<String, Row> authors,
        Map<String, Row> posts,
        List<Event> events,
        List<String> deadLetters,
        List<Email> mails,
        List<FaultInjection> injections) {

    /** The row of a user, an author or a post; {@code since} is its creation time as text. */
    record Row(String id, String mark, String since, long version) {

        static final Row MISSING = new Row("", "", "", Outcome.NO_VERSION);

        boolean isMissing() {
            return equals(MISSING);
        }
    }

    /**
     * An event on Kafka.
     *
     * @param aggregate the id of the user or the post
     * @param author the author of the post; empty for a user
     * @param mark the mark of the {@link Write} that caused the event; empty for a deletion
     */
    record Event(String id, Write.Subject subject, String aggregate, String author, long version, String mark) {

        boolean isDeletion() {
            return mark.isEmpty();
        }

        String summary() {
            return "%s, version %d".formatted(aggregate, version);
        }
    }

    /** An email that SMTP accepted, with the time of its acceptance. */
    record Email(String messageId, String recipient, Instant at) {}

    /** Reads the databases and the topics. */
    static Evidence of(SuiteUnderTest suite, List<Email> mails, List<FaultInjection> injections) throws SQLException {
        return new Evidence(
                rows(suite, "users", "select id, name || ' <' || email || '>', created_at, version from users"),
                rows(suite, "posts", "select id, name || ' <' || email || '>', registered_at, version from author"),
                rows(suite, "posts", "select id, title, created_at, version from post"),
                Stream.of(Write.Subject.values())
                        .flatMap(subject -> Topic.events(subject, suite.kafka()).stream())
                        .toList(),
                Topic.deadLetters(suite.kafka()),
                mails,
                injections);
    }

    private static Map<String, Row> rows(SuiteUnderTest suite, String database, String query) throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (Connection connection = suite.database(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                String id = result.getString(1);
                rows.put(id, new Row(id, result.getString(2), result.getString(3), result.getLong(4)));
            }
        }
        return rows;
    }

    Map<String, Row> rows(Write.Subject subject) {
        return subject == Write.Subject.USER ? users : posts;
    }

    Row row(Write.Subject subject, String id) {
        return rows(subject).getOrDefault(id, Row.MISSING);
    }

    private Row user(String id) {
        return users.getOrDefault(id, Row.MISSING);
    }

    private Row author(String id) {
        return authors.getOrDefault(id, Row.MISSING);
    }

    /** Authors that are missing, superfluous or different from the users. */
    List<String> readModelDifferences() {
        return Stream.concat(users.keySet().stream(), authors.keySet().stream())
                .distinct()
                .filter(id -> !user(id).equals(author(id)))
                .map(id -> "%s is not %s".formatted(author(id), user(id)))
                .toList();
    }
}
