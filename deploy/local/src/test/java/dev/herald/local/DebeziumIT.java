package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.process.Folders;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Suite;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Under load the services change from the relay to Debezium and back, one instance at a time, as in deploy/debezium/README.md. */
@SlowTest
class DebeziumIT {

    private static final Path HOME = Path.of("target/debezium").toAbsolutePath();
    private static final List<String> SERVICES = List.of("user-service", "post-service");
    private static final List<String> TOPICS = List.of("user-events", "post-events");

    private static final List<String> HEADERS = List.of(
            "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "content-type", "traceparent");

    private final Settings settings = settings();
    private final Suite relay = new Suite(settings);
    private final Suite debezium = new Suite(settings.relayedBy("debezium"));

    /** Instances leave the registry in good time, as in production. */
    private static Settings settings() {
        Map<String, String> environment =
                new HashMap<>(TestSettings.onFreePorts(HOME.resolve("suite")).environment());
        environment.remove(TestSettings.DEREGISTRATION_DELAY);
        return new Settings(environment);
    }

    @BeforeEach
    void start() throws InterruptedException {
        Folders.delete(HOME);
        relay.up();
    }

    @AfterEach
    void stop() throws InterruptedException {
        debezium.down();
    }

    @Test
    void nothingIsLostDoubledOrReorderedInEitherDirection() throws Exception {
        AcknowledgedWrites load = new AcknowledgedWrites(new Client(settings));
        try (load) {
            load.awaitSomeOfEachKind();

            debezium.start("kafka-connect");
            roll(debezium);
            load.awaitSomeOfEachKind();

            debezium.kill("kafka-connect");
            load.awaitSomeOfEachKind();
            debezium.start("kafka-connect");
            debezium.stop("kafka");
            load.awaitSomeOfEachKind();
            debezium.start("kafka");
            load.awaitSomeOfEachKind();

            roll(relay);
            load.awaitSomeOfEachKind();
            relay.endDebezium();
            load.awaitSomeOfEachKind();
        }

        System.out.printf("%d writes, failed: %s%n", load.all().size(), load.failures());
        assertThat(load.failures()).isEmpty();
        DatabaseBackup database =
                new DatabaseBackup(settings.postgres(), settings.home().data("postgres"), HOME);
        new Agreement(settings, database).awaitOf(load);
        for (String topic : TOPICS) {
            assertInOrderAndAlike(PublishedState.records(topic, settings.kafkaBootstrapServers()));
        }
    }

    /** Replaces each service's instance by one of the other suite, which has the other relay. */
    private static void roll(Suite suite) throws InterruptedException {
        for (String service : SERVICES) {
            suite.scale(service, 2);
            suite.restart(service);
            suite.scale(service, 1);
        }
    }

    /** Each aggregate's versions rise once repeated events are dropped, and both publishers write the same headers. */
    private static void assertInOrderAndAlike(List<ConsumerRecord<String, byte[]>> records) {
        Set<String> seen = new HashSet<>();
        records.stream()
                .filter(record -> seen.add(header(record, "ce_id")))
                .collect(groupingBy(ConsumerRecord::key))
                .forEach((key, events) -> assertThat(events)
                        .extracting(event -> JsonMapper.shared()
                                .readTree(event.value())
                                .get("version")
                                .asLong())
                        .as(key)
                        .isSorted());
        assertThat(records)
                .allSatisfy(record -> assertThat(headerNames(record))
                        // Absent if the relay publishes what no request caused, such as the first administrator.
                        .isSubsetOf(HEADERS)
                        .containsAll(HEADERS.subList(0, HEADERS.size() - 1)));
        System.out.printf("%d records, %d of them repeated%n", records.size(), records.size() - seen.size());
    }

    private static Set<String> headerNames(ConsumerRecord<String, byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .collect(toSet());
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
