package dev.herald.chaos;

import static java.util.stream.Collectors.toMap;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Waits until all work is done: the outboxes are empty, all events are read, and all emails are sent. */
record Completion(SuiteUnderTest suite) {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** The number of checks in a row that must find no work: the server may still process a request whose client timed out. */
    private static final int EMPTY_CHECKS = 5;

    private static final List<String> CONSUMERS = List.of("post-service", "notification-service");

    /** Returns the work that is unfinished at the time limit; empty if all is done. */
    List<String> await() throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        List<String> unfinished = unfinished();
        int quiet = 0;
        while (quiet < EMPTY_CHECKS && Instant.now().isBefore(end)) {
            Thread.sleep(CHECK_INTERVAL);
            unfinished = unfinished();
            quiet = unfinished.isEmpty() ? quiet + 1 : 0;
        }
        return unfinished;
    }

    private List<String> unfinished() throws InterruptedException {
        List<String> unfinished = new ArrayList<>();
        try {
            note(unfinished, count("users", "select count(*) from outbox"), "events in user-service's outbox");
            for (String consumer : CONSUMERS) {
                note(unfinished, lag(consumer), "events not yet read by " + consumer);
            }
            // Checked after the lag: when post-service reads the deletion of an author, it writes the deletions of the
            // posts.
            note(unfinished, count("posts", "select count(*) from outbox"), "events in post-service's outbox");
            long emails = count("notifications", "select count(*) from email where status <> 'SENT'");
            note(unfinished, emails, "emails not sent");
        } catch (SQLException | ExecutionException e) {
            unfinished.add(e.toString());
        }
        return unfinished;
    }

    private static void note(List<String> unfinished, long count, String what) {
        if (count > 0) {
            unfinished.add(count + " " + what);
        }
    }

    private long count(String database, String query) throws SQLException {
        try (Connection connection = suite.database(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private long lag(String consumer) throws ExecutionException, InterruptedException {
        String topic = Write.Subject.USER.topic();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", suite.kafka()))) {
            Map<TopicPartition, OffsetSpec> ends =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                            .flatMap(description -> description.partitions().stream())
                            .collect(toMap(
                                    partition -> new TopicPartition(topic, partition.partition()),
                                    partition -> OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(consumer)
                    .partitionsToOffsetAndMetadata()
                    .get();
            OffsetAndMetadata nothing = new OffsetAndMetadata(0);
            return admin.listOffsets(ends).all().get().entrySet().stream()
                    .mapToLong(end -> end.getValue().offset()
                            - Objects.requireNonNullElse(read.get(end.getKey()), nothing)
                                    .offset())
                    .sum();
        }
    }
}
