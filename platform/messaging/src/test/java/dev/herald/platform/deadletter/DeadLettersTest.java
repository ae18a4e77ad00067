package dev.herald.platform.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.inbox.EventSubscription;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import dev.herald.platform.topic.EventTopic;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint for operators, over HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "herald.consumer.attempts=2",
            "herald.consumer.back-off=10ms",
            "spring.kafka.consumer.group-id=dead-letters-test",
            "herald.inbox.effects-since=" + DeadLettersTest.LOST,
            "logging.level.dev.herald.platform.deadletter=info"
        })
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("local")
@ExtendWith(OutputCaptureExtension.class)
class DeadLettersTest {

    /** For example after this service has lost its database. */
    static final String LOST = "2026-01-01T00:00:00Z";

    private static final String TOPIC = "parcel-events";
    private static final String DEAD_LETTERS = "parcel-events.dead-letters-test.dlt";

    private record ParcelSent(UUID id) {}

    /** Fails for letters that are marked as broken. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ParcelService {

        private final Set<UUID> broken = ConcurrentHashMap.newKeySet();

        @Bean
        NewTopic parcels() {
            return EventTopic.of(TOPIC);
        }

        @Bean
        EventSubscription parcelEvents(JdbcTemplate jdbc) {
            return EventSubscription.to(TOPIC)
                    .onRecent("parcel.announced", ParcelSent.class, (parcel, event) -> {})
                    .on("parcel.sent", ParcelSent.class, (parcel, event) -> {
                        jdbc.update("insert into parcel (id) values (?)", parcel.id());
                        if (broken.contains(parcel.id())) {
                            throw new IllegalStateException("parcel is broken");
                        }
                    });
        }
    }

    @Autowired
    private ParcelService service;

    @Autowired
    private JdbcTemplate jdbc;

    @LocalManagementPort
    private int managementPort;

    private final KafkaWire kafka = new KafkaWire();

    @BeforeEach
    void clearTheShelf() {
        jdbc.execute("create table if not exists parcel (id uuid)");
        await().until(() -> kafka.topics().containsAll(List.of(TOPIC, DEAD_LETTERS)));
        if (total() > 0) {
            discard("all", "the test before");
        }
    }

    @Test
    void listsWhatDiedAndWhy() {
        UUID parcel = UUID.randomUUID();
        UUID event = die(parcel);

        JsonNode listed = only(list());

        assertThat(listed.get("id").asString()).matches("parcel-events/\\d/\\d+");
        assertThat(listed.get("key").asString()).isEqualTo(parcel.toString());
        assertThat(listed.get("eventId").asString()).isEqualTo(event.toString());
        assertThat(listed.get("type").asString()).isEqualTo("parcel.sent");
        assertThat(listed.get("reason").asString()).isEqualTo("java.lang.IllegalStateException: parcel is broken");
        assertThat(listed.get("diedAt").asString()).endsWith("Z");
        assertThat(listed.get("bytes").asInt()).isPositive();
    }

    @Test
    void listsTheFirstOfManyAndSaysHowManyThereAre() {
        UUID first = UUID.randomUUID();
        die(first);
        die(UUID.randomUUID());

        JsonNode answer = json(
                client().get().uri("/actuator/deadletters?limit=1").retrieve().body(String.class));

        assertThat(answer.get("total").asInt()).isEqualTo(2);
        assertThat(only(answer).get("key").asString()).isEqualTo(first.toString());
    }

    @Test
    void replaysOneThroughTheHandlerOnceAndForgetsIt(CapturedOutput log) {
        UUID parcel = UUID.randomUUID();
        UUID event = die(parcel);
        die(UUID.randomUUID());
        String id = list().get("deadLetters").get(0).get("id").asString();
        service.broken.remove(parcel);

        JsonNode answer = replay(id);

        assertThat(only(answer).get("outcome").asString()).isEqualTo("replayed");
        assertThat(effects(parcel)).isEqualTo(1);
        assertThat(only(list()).get("id").asString()).isNotEqualTo(id);
        assertThat(replay(id).get("unknown").get(0).asString()).isEqualTo(id);
        assertThat(effects(parcel)).isEqualTo(1);
        assertThat(log).contains("Dead letter %s (parcel.sent %s) was replayed".formatted(id, event));
        assertThat(tombstone(id).value()).isNull();
    }

    @Test
    void replaysOneOfThreeMebibytes() {
        UUID parcel = UUID.randomUUID();
        die(parcel, "x".repeat(3 * 1024 * 1024));
        assertThat(only(list()).get("bytes").asInt()).isGreaterThan(3 * 1024 * 1024);
        service.broken.remove(parcel);

        assertThat(only(replay("all")).get("outcome").asString()).isEqualTo("replayed");

        assertThat(effects(parcel)).isEqualTo(1);
        assertThat(total()).isZero();
    }

    @Test
    void saysWhatHappenedWhenKafkaDoesNotTakeTheTombstone(CapturedOutput log) throws Exception {
        UUID parcel = UUID.randomUUID();
        UUID event = die(parcel);
        String id = only(list()).get("id").asString();
        String name = "Dead letter %s (parcel.sent %s) ".formatted(id, event);
        service.broken.remove(parcel);
        setLargestDeadLetter("1");
        try {
            await().until(this::kafkaTakesNoDeadLetter);

            assertThat(only(replay(id)).get("outcome").asString()).isEqualTo("failed");
            assertThat(only(discard(id, "nobody wants it")).get("outcome").asString())
                    .isEqualTo("failed");

            assertThat(effects(parcel)).isEqualTo(1);
            assertThat(only(list()).get("id").asString()).isEqualTo(id);
            assertThat(log)
                    .contains(name + "was replayed and is still there: ")
                    .contains(name + "was discarded and is still there: ")
                    .doesNotContain("failed again");
        } finally {
            setLargestDeadLetter(String.valueOf(5 * 1024 * 1024));
            await().until(() -> !kafkaTakesNoDeadLetter());
        }
    }

    @Test
    void replaysAllAndKeepsWhatFailsAgain(CapturedOutput log) {
        UUID mended = UUID.randomUUID();
        UUID broken = UUID.randomUUID();
        die(broken);
        die(mended);
        service.broken.remove(mended);

        JsonNode answer = replay("all");

        assertThat(answer.get("deadLetters").findValuesAsString("outcome")).containsExactly("failed", "replayed");
        assertThat(answer.get("deadLetters").get(0).get("failure").asString()).contains("parcel is broken");
        assertThat(effects(mended)).isEqualTo(1);
        assertThat(effects(broken)).isZero();
        assertThat(only(list()).get("key").asString()).isEqualTo(broken.toString());
        assertThat(log).contains("was replayed and failed again: java.lang.IllegalStateException: parcel is broken");
    }

    @Test
    void replaysASelection() {
        List<UUID> parcels = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        parcels.forEach(this::die);
        List<String> ids = list().get("deadLetters").findValuesAsString("id");
        parcels.forEach(service.broken::remove);

        replay(ids.get(0) + "," + ids.get(2));

        assertThat(only(list()).get("id").asString()).isEqualTo(ids.get(1));
    }

    @Test
    void hasNoEffectTwiceWhenAnEventIsReplayedThatWasHandledMeanwhile() {
        UUID parcel = UUID.randomUUID();
        UUID event = die(parcel);
        jdbc.update(
                "insert into processed_event (consumer, event_id, processed_at) values ('dead-letters-test', ?, now())",
                event);
        service.broken.remove(parcel);

        assertThat(only(replay("all")).get("outcome").asString()).isEqualTo("replayed");

        assertThat(effects(parcel)).isZero();
        assertThat(total()).isZero();
    }

    @Test
    void keepsWhatWouldHaveNoEffectAnyMore(CapturedOutput log) {
        UUID parcel = UUID.randomUUID();
        KafkaWire.Event beforeTheLoss = new KafkaWire.Event(
                UUID.randomUUID(),
                "parcel.announced",
                "/test",
                parcel.toString(),
                Instant.parse(LOST).minusSeconds(1));
        setAside(beforeTheLoss, "{\"id\":\"%s\"}".formatted(parcel));

        JsonNode answer = replay("all");

        assertThat(only(answer).get("outcome").asString()).isEqualTo("expired");
        assertThat(total()).isEqualTo(1);
        assertThat(log)
                .contains("(parcel.announced %s) was replayed without effect: EXPIRED".formatted(beforeTheLoss.id()));
    }

    @Test
    void treatsTheKnownOnesAmongUnknown() {
        UUID parcel = UUID.randomUUID();
        die(parcel);
        String id = only(list()).get("id").asString();
        service.broken.remove(parcel);

        JsonNode answer = replay("nonsense,parcel-events/0/999999," + id);

        assertThat(only(answer).get("outcome").asString()).isEqualTo("replayed");
        assertThat(answer.get("unknown")).hasSize(2);
    }

    @Test
    void discardsWithAReasonThatIsOneLineOfTheLog(CapturedOutput log) {
        UUID event = die(UUID.randomUUID());
        String id = only(list()).get("id").asString();

        JsonNode answer = discard(id, "returned%0Ato sender");

        assertThat(only(answer).get("outcome").asString()).isEqualTo("discarded");
        assertThat(total()).isZero();
        assertThat(log)
                .contains("Dead letter %s (parcel.sent %s) was discarded: returned to sender".formatted(id, event));
    }

    @Test
    void keepsARecordThatIsNoEvent() {
        UUID parcel = UUID.randomUUID();
        kafka.send(TOPIC, "parcel.sent", parcel, "no json");
        await().atMost(ofSeconds(30)).until(() -> total() == 1);

        JsonNode answer = replay("all");

        assertThat(only(answer).get("outcome").asString()).isEqualTo("failed");
        assertThat(only(list()).get("reason").asString()).contains("no ParcelSent");
    }

    @Test
    void setsARecordAsideThatIsTooLargeForADeadLetter(CapturedOutput log) {
        UUID parcel = UUID.randomUUID();
        sendCompressed(parcel, "x".repeat(6 * 1024 * 1024), "");
        kafka.send(TOPIC, "parcel.sent", parcel, "{\"id\":\"%s\"}".formatted(parcel));

        await().atMost(ofSeconds(30)).until(() -> effects(parcel) == 1);
        JsonNode letter = only(list());
        assertThat(letter.get("key").asString()).isEqualTo(parcel.toString());
        assertThat(letter.get("type").asString()).isEqualTo("parcel.sent");
        assertThat(letter.get("omitted").asBoolean()).isTrue();
        assertThat(letter.get("bytes").asInt()).isGreaterThan(6 * 1024 * 1024);
        assertThat(letter.get("reason").asString()).contains("an event at most 4194304");
        assertThat(log)
                .contains("is published without its value")
                // The letter and its code.
                .doesNotContain("xxxxxxxx", "120, 120");
        assertThat(only(replay("all")).get("outcome").asString()).isEqualTo("failed");
    }

    @Test
    void setsARecordAsideWhoseHeadersAreTooLargeForADeadLetter() {
        UUID parcel = UUID.randomUUID();
        service.broken.add(parcel);
        sendCompressed(parcel, "", "h".repeat(6 * 1024 * 1024));
        await().atMost(ofSeconds(30)).until(() -> total() == 1);
        service.broken.remove(parcel);

        assertThat(only(list()).get("type").asString()).isEqualTo("parcel.sent");
        assertThat(only(replay("all")).get("outcome").asString()).isEqualTo("replayed");
        assertThat(effects(parcel)).isEqualTo(1);
    }

    @Test
    void setsARecordAsideWhoseKeyIsTooLargeForADeadLetter() {
        sendCompressed("k".repeat(6 * 1024 * 1024), UUID.randomUUID(), "", "");

        await().atMost(ofSeconds(30)).until(() -> total() == 1);
        JsonNode letter = only(list());
        assertThat(letter.get("omitted").asBoolean()).isTrue();
        assertThat(letter.get("reason").asString()).contains("ce_subject is not the record's key");
    }

    @Test
    void replaysFromItsTopicWhatItsDeadLetterDoesNotHold() throws Exception {
        UUID parcel = UUID.randomUUID();
        setLargestDeadLetter("3000");
        try {
            await().until(this::kafkaTakesNoLargeDeadLetter);
            die(parcel, "x".repeat(10_000));
        } finally {
            setLargestDeadLetter(String.valueOf(5 * 1024 * 1024));
        }
        assertThat(only(list()).get("omitted").asBoolean()).isTrue();
        service.broken.remove(parcel);

        assertThat(only(replay("all")).get("outcome").asString()).isEqualTo("replayed");

        assertThat(effects(parcel)).isEqualTo(1);
        assertThat(total()).isZero();
    }

    @Test
    void saysThatARecordIsGoneWhichItsDeadLetterDoesNotHold() {
        UUID parcel = UUID.randomUUID();
        String id = TOPIC + "/0/1000000";
        ProducerRecord<String, byte[]> dead = new ProducerRecord<>(DEAD_LETTERS, id, new byte[0]);
        dead.headers().add(DeadLetterPublisher.ORIGINAL_KEY, parcel.toString().getBytes(UTF_8));
        dead.headers().add(DeadLetterPublisher.OMITTED, "6291456".getBytes(UTF_8));
        kafka.send(dead);

        JsonNode outcome = only(replay("all"));

        assertThat(outcome.get("outcome").asString()).isEqualTo("failed");
        assertThat(outcome.get("failure").asString()).contains("the record is no longer at " + id);
        assertThat(total()).isEqualTo(1);
    }

    @Test
    void goesOnBehindARecordWhoseDeadLetterKafkaRefusesHoweverSmall(CapturedOutput log) throws Exception {
        UUID parcel = UUID.randomUUID();
        setLargestDeadLetter("1");
        try {
            await().until(this::kafkaTakesNoDeadLetter);
            kafka.send(TOPIC, "parcel.sent", parcel, "no json");
            kafka.send(TOPIC, "parcel.sent", parcel, "{\"id\":\"%s\"}".formatted(parcel));

            await().atMost(ofSeconds(30)).until(() -> effects(parcel) == 1);
            assertThat(log)
                    .contains("is skipped without a dead letter")
                    .contains("The consumer failed with dev.herald.platform.event.UnreadableEvent\n");
        } finally {
            setLargestDeadLetter(String.valueOf(5 * 1024 * 1024));
            await().until(() -> !kafkaTakesNoDeadLetter());
        }
    }

    @Test
    void asksForIdsAndForAReason() {
        assertThat(status(client().post()
                        .uri("/actuator/deadletters")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body("{}")))
                .isEqualTo(400);
        assertThat(status(client().delete().uri("/actuator/deadletters?ids=all")))
                .isEqualTo(400);
        assertThat(status(client().delete().uri("/actuator/deadletters?ids=all&reason= ")))
                .isEqualTo(400);
        assertThat(status(client().get().uri("/actuator/deadletters?limit=0"))).isEqualTo(400);
    }

    private UUID die(UUID parcel) {
        return die(parcel, "");
    }

    private UUID die(UUID parcel, String padding) {
        int before = total();
        service.broken.add(parcel);
        UUID event = kafka.send(
                TOPIC, "parcel.sent", parcel, "{\"id\":\"%s\",\"padding\":\"%s\"}".formatted(parcel, padding));
        await().atMost(ofSeconds(30)).until(() -> total() == before + 1);
        return event;
    }

    /** The broker limits the compressed size. */
    private static void sendCompressed(UUID parcel, String padding, String header) {
        sendCompressed(parcel.toString(), parcel, padding, header);
    }

    private static void sendCompressed(String key, UUID parcel, String padding, String header) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                TOPIC,
                key,
                "{\"id\":\"%s\",\"padding\":\"%s\"}".formatted(parcel, padding).getBytes(UTF_8));
        new KafkaWire.Event(UUID.randomUUID(), "parcel.sent", "/test", parcel.toString(), Instant.now())
                .write(message.headers());
        message.headers().add("tenant", header.getBytes(UTF_8));
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                RealServers.kafka(),
                "compression.type",
                "gzip",
                "max.request.size",
                16 * 1024 * 1024);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            assertThat(producer.send(message)).succeedsWithin(ofSeconds(30));
        }
    }

    private static void setLargestDeadLetter(String bytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealServers.kafka()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, DEAD_LETTERS),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    /** Ends with a tombstone without effect. */
    private boolean kafkaTakesNoDeadLetter() {
        return refuses(new ProducerRecord<>(DEAD_LETTERS, TOPIC + "/0/none", null));
    }

    private boolean kafkaTakesNoLargeDeadLetter() {
        ProducerRecord<String, byte[]> tombstone = new ProducerRecord<>(DEAD_LETTERS, TOPIC + "/0/none", null);
        tombstone.headers().add("padding", new byte[4_000]);
        return refuses(tombstone);
    }

    private boolean refuses(ProducerRecord<String, byte[]> message) {
        try {
            kafka.send(message);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Does what the consumer did before it was restarted. */
    private void setAside(KafkaWire.Event event, String payload) {
        ProducerRecord<String, byte[]> dead =
                new ProducerRecord<>(DEAD_LETTERS, TOPIC + "/0/1000", payload.getBytes(UTF_8));
        event.write(dead.headers());
        dead.headers().add(DeadLetterPublisher.ORIGINAL_KEY, event.subject().getBytes(UTF_8));
        kafka.send(dead);
    }

    private JsonNode list() {
        return json(client().get().uri("/actuator/deadletters").retrieve().body(String.class));
    }

    private int total() {
        return list().get("total").asInt();
    }

    private JsonNode replay(String ids) {
        return json(client().post()
                .uri("/actuator/deadletters")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"ids\": \"%s\"}".formatted(ids))
                .retrieve()
                .body(String.class));
    }

    private JsonNode discard(String ids, String reason) {
        return json(client().delete()
                .uri(URI.create("http://localhost:%d/actuator/deadletters?ids=%s&reason=%s"
                        .formatted(managementPort, ids, reason.replace(" ", "%20"))))
                .retrieve()
                .body(String.class));
    }

    private RestClient client() {
        return RestClient.builder()
                .baseUrl("http://localhost:" + managementPort)
                .requestFactory(new JdkClientHttpRequestFactory())
                .build();
    }

    private static int status(RestClient.RequestHeadersSpec<?> request) {
        ResponseEntity<Void> answer = request.retrieve()
                .onStatus(HttpStatusCode::isError, (sent, received) -> {})
                .toBodilessEntity();
        return answer.getStatusCode().value();
    }

    private static JsonNode only(JsonNode answer) {
        assertThat(answer.get("deadLetters")).hasSize(1);
        return answer.get("deadLetters").get(0);
    }

    private static JsonNode json(@Nullable String body) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(body));
    }

    private ConsumerRecord<String, byte[]> tombstone(String id) {
        return kafka.read(DEAD_LETTERS).stream()
                .filter(record -> record.key().equals(id))
                .toList()
                .getLast();
    }

    private long effects(UUID parcel) {
        Long count = jdbc.queryForObject("select count(*) from parcel where id = ?", Long.class, parcel);
        return count == null ? 0 : count;
    }
}
