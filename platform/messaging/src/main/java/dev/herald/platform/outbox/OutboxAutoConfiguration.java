package dev.herald.platform.outbox;

import dev.herald.platform.migration.PlatformMigrations;
import dev.herald.platform.observability.Traces;
import dev.herald.platform.settings.ApplicationSettings;
import dev.herald.platform.topic.EventTopic;
import dev.herald.platform.topic.TopicReader;
import dev.herald.platform.topic.TopicSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.IdGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The outbox of a service with {@code herald.outbox.topic}. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration"
        },
        beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnProperty("herald.outbox.topic")
@EnableConfigurationProperties({OutboxSettings.class, TopicSettings.class, ApplicationSettings.class})
class OutboxAutoConfiguration {

    @Bean
    FlywayConfigurationCustomizer outboxMigrations() {
        return PlatformMigrations.at("db/outbox");
    }

    @Bean
    NewTopic outboxTopic(OutboxSettings settings, TopicSettings topics) {
        return EventTopic.of(settings.topic(), topics);
    }

    @Bean
    Outbox outbox(
            JdbcTemplate jdbc,
            JsonMapper json,
            IdGenerator ids,
            Clock clock,
            OutboxNotifier notifier,
            Traces traces,
            OutboxSettings settings,
            ApplicationSettings application) {
        DebeziumOutbox debezium = settings.relay() == OutboxSettings.Publisher.DEBEZIUM
                ? new DebeziumOutbox(jdbc, settings, source(application))
                : null;
        return new Outbox(jdbc, json, ids, clock, notifier, traces, debezium);
    }

    @Bean
    OutboxNotifier outboxNotifier(JdbcTemplate jdbc) {
        return new OutboxNotifier(jdbc);
    }

    @Bean
    OutboxMetrics outboxMetrics(JdbcTemplate jdbc, Clock clock, MeterRegistry meters) {
        return new OutboxMetrics(jdbc, clock, meters);
    }

    @Bean
    OutboxRelay outboxRelay(
            JdbcConnectionDetails database,
            ProducerFactory<?, ?> kafka,
            JsonMapper json,
            OutboxSettings settings,
            OutboxMetrics metrics,
            Traces traces,
            ApplicationSettings application) {
        String service = application.name();
        return new OutboxRelay(
                database,
                () -> producer(kafka, service),
                settings,
                new OutboxSender(json, settings, metrics, traces, source(application)));
    }

    private static String source(ApplicationSettings application) {
        return "/" + application.name();
    }

    @Bean
    @ConditionalOnBean(PublishedAggregates.class)
    RepublishEndpoint republishEndpoint(
            ConsumerFactory<?, ?> kafka,
            OutboxSettings settings,
            PublishedAggregates aggregates,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            JsonMapper json,
            ApplicationSettings application) {
        return new RepublishEndpoint(
                settings.topic(),
                () -> reader(kafka, application),
                aggregates,
                events,
                new TransactionTemplate(transactions),
                json);
    }

    /** For development only, because it shows all users' events without a token. */
    @Bean
    @Profile("local")
    PublishedEventsEndpoint publishedEventsEndpoint(
            ConsumerFactory<?, ?> kafka,
            OutboxSettings settings,
            Clock clock,
            JsonMapper json,
            ApplicationSettings application) {
        return new PublishedEventsEndpoint(settings.topic(), () -> reader(kafka, application), clock, json);
    }

    private static TopicReader reader(ConsumerFactory<?, ?> kafka, ApplicationSettings application) {
        return new TopicReader(kafka, application.name() + "-events", EventTopic.MAX_MESSAGE_BYTES);
    }

    /**
     * The service's producer settings with shorter timeouts: while a call of the producer blocks, the relay cannot keep
     * its database session alive.
     */
    private static Producer<String, byte[]> producer(ProducerFactory<?, ?> kafka, String service) {
        Map<String, Object> settings = new HashMap<>(kafka.getConfigurationProperties());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, service + "-outbox");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, EventTopic.MAX_MESSAGE_BYTES);
        // The producer does not wait for more records, because the relay sends whole batches.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
