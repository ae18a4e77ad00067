package dev.herald.chaos;

import java.util.List;
import java.util.Map;

/**
 * What is there when everything has come to rest.
 *
 * @param users user-service's, by id
 * @param authors post-service's copy of them, by id
 * @param posts by id
 * @param events of both topics, each partition in its order, repeats included
 * @param deadLetters events that a consumer has given up
 * @param mails that SMTP has accepted, repeats included
 * @param blows that were dealt meanwhile
 */
record Evidence(
        Map<String, Row> users,
        Map<String, Row> authors,
        Map<String, Row> posts,
        List<Event> events,
        List<String> deadLetters,
        List<Mail> mails,
        List<Blow> blows) {

    /**
     * A user, an author or a post, as a database has it.
     *
     * @param since when it was created, as text
     */
    record Row(String id, String mark, String since, long version) {

        /** Stands for one that is not there. */
        static final Row MISSING = new Row("", "", "", Outcome.NO_VERSION);

        boolean isMissing() {
            return equals(MISSING);
        }
    }

    /**
     * An event, as Kafka has it.
     *
     * @param aggregate the id of the user or the post
     * @param author of the post; empty for a user
     * @param mark empty for a deletion
     */
    record Event(String id, Write.Subject subject, String aggregate, String author, long version, String mark) {

        boolean isDeletion() {
            return mark.isEmpty();
        }

        /** What it tells, in short. */
        String gist() {
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
