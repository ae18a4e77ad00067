package dev.herald.chaos;

import java.util.List;
import java.util.Map;

/**
 * What is stored when all work is done.
 *
 * @param users the rows of user-service, by id
 * @param authors post-service's copies of the users, by id
 * @param posts by id
 * @param events of both topics, in the order of each partition, repeats included
 * @param deadLetters events that a consumer could not handle
 * @param mails emails that SMTP accepted, repeats included
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
     * @param author of the post; empty for a user
     * @param mark empty for a deletion
     */
    record Event(String id, Write.Subject subject, String aggregate, String author, long version, String mark) {

        boolean isDeletion() {
            return mark.isEmpty();
        }

        String summary() {
            return "%s, version %d".formatted(aggregate, version);
        }
    }

    Map<String, Row> rows(Write.Subject subject) {
        return subject == Write.Subject.USER ? users : posts;
    }

    Row row(Write.Subject subject, String id) {
        return rows(subject).getOrDefault(id, Row.MISSING);
    }
}
