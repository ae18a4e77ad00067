package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.herald.local.Client.Member;
import dev.herald.local.Traffic.Answer;
import dev.herald.local.cli.EventConsumer;
import dev.herald.local.server.Kafka;
import dev.herald.local.settings.ClusterNetwork;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Inspection;
import dev.herald.local.suite.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code ./herald up --cluster}: reads and writes come back after the loss of a broker and after fail-over. */
@SlowTest
class ClusterIT {

    private static final Path HOME = Path.of("target/cluster").toAbsolutePath();
    private static final List<String> TOPICS = List.of("user-events", "post-events");

    private static Suite suite;

    @BeforeAll
    static void start() throws InterruptedException {
        assumeTrue(ClusterNetwork.isPossible(), "A cluster needs Linux, root, and the programs ip and nsenter");
        suite = new Suite(TestSettings.onFreePorts(HOME).clustered());
        suite.reset();
        suite.up();
        await().atMost(ofMinutes(2)).until(() -> new Inspection(suite).make().isServed());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (suite != null) {
            suite.down();
        }
    }

    @Test
    void topicsAreOnThreeBrokersOfWhichTwoMustAcknowledge() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", suite.settings().kafkaBootstrapServers()))) {
            for (TopicDescription topic :
                    admin.describeTopics(TOPICS).allTopicNames().get().values()) {
                assertThat(topic.partitions())
                        .allSatisfy(
                                partition -> assertThat(partition.replicas()).hasSize(Kafka.REPLICAS));
                assertThat(admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())))
                                .all()
                                .get()
                                .values())
                        .allSatisfy(configuration -> assertThat(
                                        configuration.get("min.insync.replicas").value())
                                .isEqualTo("2"));
            }
        }
    }

    @Test
    void comesBackAfterAPromotionOfTheStandby() throws InterruptedException {
        assertThat(lastFailureAfter(suite::failOverPostgres)).isLessThan(ofSeconds(10));

        suite.start("postgres-1", "postgres-2");
        assertThat(lastFailureAfter(suite::failOverPostgres)).isLessThan(ofSeconds(10));
        suite.start("postgres-1", "postgres-2");
    }

    @Test
    void comesBackAfterAFailOverOfRedis() throws InterruptedException {
        assertThat(lastFailureAfter(suite::failOverRedis)).isLessThan(ofSeconds(5));
        suite.start("redis-1", "redis-2");
    }

    @Test
    void servesAndPublishesWithoutAnyOneBroker() throws InterruptedException {
        for (Kafka broker : suite.components().kafka()) {
            assertThat(lastFailureAfter(() -> suite.kill(broker.name()))).isZero();
            assertPublishesWithin(ofSeconds(10));
            suite.start(broker.name());
        }
    }

    private interface Fault {
        void inject() throws InterruptedException;
    }

    /** The time from the end of the injection to the last request that fails; zero if none does. */
    private static Duration lastFailureAfter(Fault fault) throws InterruptedException {
        Traffic traffic = new Traffic(new Client(suite.settings()));
        try (traffic) {
            await().atMost(ofMinutes(3)).until(() -> nextAreGood(traffic));
            fault.inject();
            Instant injected = Instant.now();
            await().atMost(ofMinutes(2)).until(() -> traffic.count() > 1_000);
            List<Answer> failed = traffic.nextPart().stream()
                    .filter(answer -> !answer.isGood())
                    .toList();
            await().atMost(ofMinutes(1)).until(() -> nextAreGood(traffic));
            Duration last = failed.stream()
                    .map(Answer::sentAt)
                    .max(Comparator.naturalOrder())
                    .map(at -> Duration.between(injected, at))
                    .orElse(Duration.ZERO);
            System.out.printf(
                    "%d requests failed, the last one was sent %s after the fault: %s%n",
                    failed.size(), last, failed.stream().limit(3).toList());
            return last;
        }
    }

    private static boolean nextAreGood(Traffic traffic) {
        await().atMost(ofMinutes(1)).until(() -> traffic.count() >= 200);
        return traffic.nextPart().stream().allMatch(Answer::isGood);
    }

    private static void assertPublishesWithin(Duration limit) throws InterruptedException {
        Settings settings = suite.settings();
        try (EventConsumer events = new EventConsumer(settings.kafkaBootstrapServers(), "user-events")) {
            Member member = new Client(settings).register();
            assertThat(events.await(member.id(), limit)).isPresent();
        }
    }
}
