package dev.herald.local;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.NewPost;
import dev.herald.local.Client.Tokens;
import dev.herald.local.cli.EventConsumer;
import dev.herald.local.process.Signal;
import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.server.Service;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Components;
import dev.herald.local.suite.RunRecord;
import dev.herald.local.suite.RunRecords;
import dev.herald.local.suite.Suite;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The delivery of events on the whole suite. */
@OnTheSharedSuite
class BackboneIT {

    private static final Suite SUITE = SharedSuite.SUITE;
    private static final Client CLIENT = new Client(SUITE.settings());
    private static final Metrics METRICS = new Metrics(SUITE.settings());

    private static final String PUBLISHED = "herald_outbox_published_total";

    private final Inbox inbox = new Inbox(SUITE.settings());

    @Nested
    class TheRelay {

        private Service leader = instance("user-service");
        private Service follower = instance("user-service");

        @BeforeEach
        void haveTwoAndSeeWhichOneLeads() throws InterruptedException {
            SUITE.scale("user-service", 2);
            Service first = instance("user-service");
            Service second = instance("user-service-2");
            double before = published(first);
            double beforeSecond = published(second);
            registerAt(first);
            within(ofSeconds(10)).until(() -> published(first) > before || published(second) > beforeSecond);
            boolean firstLeads = published(first) > before;
            leader = firstLeads ? first : second;
            follower = firstLeads ? second : first;
        }

        @AfterEach
        void haveOneAgain() throws InterruptedException {
            running(leader.name()).ifPresent(Signal.CONT::sendTo);
            SUITE.start("user-service");
            SUITE.scale("user-service", 1);
        }

        @Test
        void isTakenOverWithinFiveSecondsOfAKill() throws InterruptedException {
            double before = published(follower);

            SUITE.kill(leader.name());
            Instant killed = Instant.now();
            registerAt(follower);

            within(ofSeconds(5).minus(Duration.between(killed, Instant.now())))
                    .until(() -> published(follower) > before);
        }

        @Test
        void isTakenOverWithinEightSecondsOfAFreezeAndTheOldLeaderDoesNoHarmWhenItWakes() throws InterruptedException {
            double before = published(follower);
            try (EventConsumer events = events("user-events")) {
                ProcessHandle frozenLeader = running(leader.name()).orElseThrow();
                Signal.STOP.sendTo(frozenLeader);
                Instant frozen = Instant.now();
                Member ada = registerAt(follower);

                within(ofSeconds(8).minus(Duration.between(frozen, Instant.now())))
                        .until(() -> published(follower) > before);
                assertAnnounced(events, ada.id(), "user.created");

                Signal.CONT.sendTo(frozenLeader);
                within(ofSeconds(20)).until(() -> leaders() == 1 && relays() == 2);
                Tokens tokens = CLIENT.logIn(ada);
                rename(ada, tokens);
                leave(ada, tokens);
                // In order, with nothing between them.
                assertAnnounced(events, ada.id(), "user.updated", "user.deleted");
            }
        }
    }

    /** The promises of the design, in their order. */
    @Nested
    class ItPromises {

        @Test
        void thatAnAcceptedWritesEventIsPublishedInOrderAndARefusedOnesNever() throws InterruptedException {
            Member bob = CLIENT.register();
            try (EventConsumer events = events("user-events")) {
                Member ada = CLIENT.register();
                Tokens tokens = CLIENT.logIn(ada);
                HttpResponse<String> refused =
                        CLIENT.put("/api/users/" + ada.id(), tokens, Map.of("name", "Ada Byron", "email", bob.email()));
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
                rename(ada, tokens);
                leave(ada, tokens);

                assertAnnounced(events, ada.id(), "user.created", "user.updated", "user.deleted");
            }
        }

        @Test
        void thatAHandlersEffectHappensOnceHoweverOftenItsEventArrives() throws InterruptedException {
            try (EventConsumer events = events("post-events")) {
                Member ada = CLIENT.register(List.of(NewPost.published("Notes"), NewPost.draft("Sketch")));
                Tokens tokens = CLIENT.logIn(ada);
                String posts = "/api/users/" + ada.id() + "/posts";
                within(ofSeconds(20)).until(() -> CLIENT.items(posts, tokens).size() == 2);
                double before = duplicates(Port.POST_SERVICE_MANAGEMENT);

                sendAgain("user-events", ada.id());

                within(ofSeconds(20)).until(() -> duplicates(Port.POST_SERVICE_MANAGEMENT) > before);
                List<JsonNode> once = CLIENT.items(posts, tokens);
                assertThat(once).hasSize(2);
                assertThat(CLIENT.delete(
                                        "/api/posts/"
                                                + once.getFirst().get("id").asString(),
                                        tokens)
                                .statusCode())
                        .isEqualTo(204);
                // Each once, with nothing between them.
                assertAnnounced(events, once.getFirst().get("id").asString(), "post.created", "post.deleted");
            }
        }

        @Test
        void thatEveryNewUserGetsOneDeliveryWhichIsErasedWithThem() throws InterruptedException {
            Member ada = CLIENT.register();
            Tokens admin = CLIENT.logInAsAdmin();
            String deliveries = "/api/notifications?userId=" + ada.id();
            within(ofSeconds(30))
                    .untilAsserted(() -> assertThat(CLIENT.items(deliveries, admin))
                            .extracting(delivery -> delivery.get("status").asString())
                            .containsExactly("SENT"));
            assertThat(inbox.of(ada.email())).hasSize(1);

            leave(ada, CLIENT.logIn(ada));

            within(ofSeconds(20)).until(() -> CLIENT.items(deliveries, admin).isEmpty());
        }

        @Test
        void thatNoRequestWaitsForSmtpOrAnotherServicesEvents() throws InterruptedException {
            Duration usual = medianRegistration(5);
            List<ProcessHandle> frozen = List.of(
                    running("smtp").orElseThrow(),
                    running("notification-service").orElseThrow());
            frozen.forEach(Signal.STOP::sendTo);
            try {
                assertThat(medianRegistration(5))
                        .isLessThan(usual.multipliedBy(2).plusMillis(300));
            } finally {
                frozen.forEach(Signal.CONT::sendTo);
            }
            awaitWelcome(CLIENT.register());
        }
    }

    @Test
    void aFrozenBrokerCostsNeitherLatencyNorConnections() throws InterruptedException {
        Duration usual = medianRegistration(10);
        // The last event may still be on its way, and would be counted below.
        within(ofSeconds(10)).until(() -> pendingUserEvents() == 0);
        ProcessHandle kafka = running("kafka").orElseThrow();
        Signal.STOP.sendTo(kafka);
        try {
            // Waiting for Kafka even once would take a second.
            assertThat(medianRegistration(10)).isLessThan(usual.multipliedBy(2).plusMillis(300));
            assertThat(pendingUserEvents())
                    .as("each user, and the request for the link in their email")
                    .isEqualTo(20);
            assertThat(METRICS.sum(Port.USER_SERVICE_MANAGEMENT, "hikaricp_connections_active"))
                    // This statement counts the pending rows for the scrape itself.
                    .isLessThanOrEqualTo(1);
        } finally {
            Signal.CONT.sendTo(kafka);
        }
        within(ofSeconds(30)).until(() -> pendingUserEvents() == 0);
    }

    @Test
    void anEventThatKafkaRefusesIsParkedAndDelaysNoOther() throws Exception {
        UUID poison = UUID.randomUUID();
        writeToOutbox(poison, "x".repeat(5 * 1024 * 1024));
        try {
            within(ofSeconds(10)).until(() -> METRICS.sum(Port.USER_SERVICE_MANAGEMENT, "herald_outbox_parked") == 1);
            awaitWelcome(CLIENT.register());
        } finally {
            change("delete from outbox where aggregateid = ?", poison.toString());
        }
        assertThat(METRICS.sum(Port.USER_SERVICE_MANAGEMENT, "herald_outbox_parked"))
                .isZero();
    }

    @Test
    void whatNoConsumerCanReadIsADeadLetterOfEachAndCanBeDiscarded() throws InterruptedException {
        String key = UUID.randomUUID().toString();
        try (KafkaProducer<String, String> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", SUITE.settings().kafkaBootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            assertThat(stranger.send(new ProducerRecord<>("user-events", key, "no event")))
                    .succeedsWithin(ofSeconds(10));
        }

        for (Port consumer : List.of(Port.POST_SERVICE_MANAGEMENT, Port.NOTIFICATION_SERVICE_MANAGEMENT)) {
            within(ofSeconds(10))
                    .untilAsserted(() -> assertThat(deadLetters(consumer)).contains(key, "ce_specversion is missing"));
        }
        for (String service : Components.CONSUMERS) {
            assertThat(SUITE.consumers().deadLetters(service).replay(List.of("all")))
                    .isFalse();
            assertThat(SUITE.consumers().deadLetters(service).discard(List.of("all"), "the sender is unknown"))
                    .isTrue();
        }
        assertThat(deadLetters(Port.POST_SERVICE_MANAGEMENT)).contains("\"total\":0");
        // The records behind the dead letter were not delayed.
        awaitWelcome(CLIENT.register());
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay user-events/0/999999", "replay 17", "discard nothing --reason gone"})
    void whatIsNoDeadLetterIsNamedAndNothingIsChanged(String words) throws Exception {
        String before = deadLetters(Port.POST_SERVICE_MANAGEMENT);

        CommandLine.Answer answer =
                new CommandLine(SUITE.settings()).run(("deadletters post-service " + words).split(" ", -1));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text()).contains(words.split(" ", -1)[1], "is no dead letter");
        assertThat(deadLetters(Port.POST_SERVICE_MANAGEMENT)).isEqualTo(before);
    }

    /** Kafka limits the compressed size, so an uncompressed record can be larger than any dead letter. */
    @Test
    void aRecordTooLargeForADeadLetterIsSetAsideAndDelaysNoOther() throws InterruptedException {
        String key = UUID.randomUUID().toString();
        try (KafkaProducer<String, String> stranger = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        SUITE.settings().kafkaBootstrapServers(),
                        "compression.type",
                        "gzip",
                        "max.request.size",
                        16 * 1024 * 1024),
                new StringSerializer(),
                new StringSerializer())) {
            // One in each partition, so that the next user's event comes after one of them.
            for (int partition = 0;
                    partition < stranger.partitionsFor("user-events").size();
                    partition++) {
                assertThat(stranger.send(
                                new ProducerRecord<>("user-events", partition, key, "x".repeat(6 * 1024 * 1024))))
                        .succeedsWithin(ofSeconds(10));
            }
        }

        Member behind = CLIENT.register();

        awaitWelcome(behind);
        for (Port consumer : List.of(Port.POST_SERVICE_MANAGEMENT, Port.NOTIFICATION_SERVICE_MANAGEMENT)) {
            within(ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(deadLetters(consumer)).contains("\"total\":6", key, "\"omitted\":true"));
        }
        for (String service : Components.CONSUMERS) {
            assertThat(SUITE.consumers().deadLetters(service).discard(List.of("all"), "sent by a test"))
                    .isTrue();
        }
    }

    @Test
    void aTopicReadAgainFromTheBeginningSendsNoEmailAgain() throws InterruptedException {
        Member ada = CLIENT.register();
        awaitWelcome(ada);
        double repeated = duplicates(Port.NOTIFICATION_SERVICE_MANAGEMENT);

        SUITE.consumers().replay("notification-service");

        within(ofSeconds(20)).until(() -> duplicates(Port.NOTIFICATION_SERVICE_MANAGEMENT) > repeated);
        // An email that was sent again would have arrived before this one.
        awaitWelcome(CLIENT.register());
        assertThat(inbox.of(ada.email())).hasSize(1);
    }

    @AfterAll
    static void awaitQuiet() {
        within(ofSeconds(30)).until(() -> pendingUserEvents() == 0);
    }

    private static double pendingUserEvents() throws InterruptedException {
        return METRICS.sum(Port.USER_SERVICE_MANAGEMENT, "herald_outbox_pending");
    }

    private static double duplicates(Port consumer) throws InterruptedException {
        return METRICS.sum(consumer, "herald_inbox_events_total", "type=\"user.created\"", "outcome=\"duplicate\"");
    }

    private static String deadLetters(Port management) throws InterruptedException {
        return Http.get(SUITE.settings().url(management, "/actuator/deadletters"))
                .body();
    }

    private void awaitWelcome(Member member) {
        within(ofSeconds(30)).until(() -> !inbox.of(member.email()).isEmpty());
    }

    /** Not through the gateway, which may still have an instance that has stopped. */
    private static Member registerAt(Service instance) throws InterruptedException {
        String email = Client.newAddress();
        HttpResponse<String> registration = Http.send(HttpRequest.newBuilder(
                        instance.settings().url(Port.USER_SERVICE, "/api/users"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared()
                        .writeValueAsString(Map.of("name", "Ada", "email", email, "password", Client.PASSWORD)))));
        assertThat(registration.statusCode()).as(registration.body()).isEqualTo(201);
        return new Member(Client.json(registration).get("id").asString(), email);
    }

    private static void rename(Member member, Tokens tokens) throws InterruptedException {
        within(ofSeconds(10)).untilAsserted(() -> {
            HttpResponse<String> renamed = CLIENT.put(
                    "/api/users/" + member.id(), tokens, Map.of("name", "Ada King", "email", member.email()));
            assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        });
    }

    private static void leave(Member member, Tokens tokens) throws InterruptedException {
        assertThat(CLIENT.delete("/api/users/" + member.id(), tokens).statusCode())
                .isEqualTo(204);
    }

    private static EventConsumer events(String topic) throws InterruptedException {
        return new EventConsumer(SUITE.settings().kafkaBootstrapServers(), topic);
    }

    /** Publishes the first event of the aggregate again, unchanged. */
    private static void sendAgain(String topic, String aggregate) {
        Map<String, Object> broker =
                Map.of("bootstrap.servers", SUITE.settings().kafkaBootstrapServers());
        try (KafkaConsumer<String, String> reader =
                        new KafkaConsumer<>(broker, new StringDeserializer(), new StringDeserializer());
                KafkaProducer<String, String> sender =
                        new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer())) {
            reader.assign(reader.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            reader.seekToBeginning(reader.assignment());
            ConsumerRecord<String, String> first = await().atMost(ofSeconds(20))
                    .until(
                            () -> StreamSupport.stream(
                                            reader.poll(ofMillis(200)).spliterator(), false)
                                    .filter(event -> aggregate.equals(event.key()))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            assertThat(sender.send(new ProducerRecord<>(topic, null, first.key(), first.value(), first.headers())))
                    .succeedsWithin(ofSeconds(10));
        }
    }

    private static void assertAnnounced(EventConsumer events, String aggregate, String... types) {
        for (String type : types) {
            assertThat(events.await(aggregate, ofSeconds(20)))
                    .hasValueSatisfying(event -> assertThat(event.type()).isEqualTo(type));
        }
    }

    private static double published(Service instance) throws InterruptedException {
        return new Metrics(instance.settings()).sum(Port.USER_SERVICE_MANAGEMENT, PUBLISHED);
    }

    private static Service instance(String name) {
        return SUITE.components().services().stream()
                .filter(service -> service.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static Optional<ProcessHandle> running(String component) {
        return new RunRecords(SUITE.settings().home().run()).find(component).flatMap(RunRecord::process);
    }

    private static Duration medianRegistration(int count) throws InterruptedException {
        List<Duration> times = new ArrayList<>();
        for (int registration = 0; registration < count; registration++) {
            Instant begin = Instant.now();
            CLIENT.register();
            times.add(Duration.between(begin, Instant.now()));
        }
        return times.stream().sorted().toList().get(count / 2);
    }

    private static long relays() throws SQLException {
        return number(
                "select count(*) from pg_stat_activity where application_name = 'outbox relay' and datname = 'users'");
    }

    private static long leaders() throws SQLException {
        return number("""
                select count(*) from pg_locks
                where locktype = 'advisory' and granted and objsubid = 1
                  and objid::bigint = hashtext('herald.outbox')::bigint & 4294967295
                  and database = (select oid from pg_database where datname = 'users')""");
    }

    private static void writeToOutbox(UUID aggregate, String text) throws SQLException {
        try (Connection database = users();
                PreparedStatement insert = database.prepareStatement("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                        values (uuidv7(), 'user', ?, 'user.updated', ?, '{}', now())""")) {
            insert.setString(1, aggregate.toString());
            insert.setString(2, text);
            insert.executeUpdate();
        }
    }

    private static void change(String statement, String parameter) throws SQLException {
        try (Connection database = users();
                PreparedStatement change = database.prepareStatement(statement)) {
            change.setString(1, parameter);
            assertThat(change.executeUpdate()).isPositive();
        }
    }

    private static long number(String query) throws SQLException {
        try (Connection database = users();
                PreparedStatement select = database.prepareStatement(query)) {
            var row = select.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection users() throws SQLException {
        return DriverManager.getConnection(
                SUITE.settings().postgres().database(ServiceDatabase.USERS.name()),
                ServiceDatabase.USERS.role(),
                Settings.LOCAL_PASSWORD);
    }

    private static ConditionFactory within(Duration limit) {
        return await().pollDelay(Duration.ZERO).pollInterval(ofMillis(50)).atMost(limit);
    }
}
