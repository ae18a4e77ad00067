package dev.herald.platform.inbox;

import dev.herald.platform.housekeeping.Purge;
import dev.herald.platform.json.TolerantJson;
import dev.herald.platform.migration.PlatformMigrations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Makes a service with an {@link EventSubscription} a consumer. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration"
        },
        beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnBean(EventSubscription.class)
@EnableConfigurationProperties({InboxSettings.class, ConsumerSettings.class})
class InboxAutoConfiguration {

    @Bean
    FlywayConfigurationCustomizer inboxMigrations() {
        return PlatformMigrations.at("db/inbox");
    }

    @Bean
    Purge processedEventPurge() {
        return new Purge("processed_event", "processed_at < ?", InboxMemory.RETENTION);
    }

    @Bean
    Inbox inbox(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new Inbox(jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    PartitionProgress partitionProgress(
            List<EventSubscription> subscriptions, Clock clock, MeterRegistry meters, ConsumerSettings consumer) {
        return new PartitionProgress(
                clock,
                meters,
                consumer.groupId(),
                subscriptions.stream().map(EventSubscription::topic).toList());
    }

    @Bean
    EventConsumer eventConsumer(
            List<EventSubscription> subscriptions,
            Inbox inbox,
            PartitionProgress progress,
            InboxSettings settings,
            Clock clock,
            JsonMapper json,
            MeterRegistry meters,
            ObjectProvider<ConsumerRecordRecoverer> deadLetters,
            ConsumerSettings consumer) {
        String group = consumer.groupId();
        InboxMetrics metrics = new InboxMetrics(
                meters,
                group,
                subscriptions.stream()
                        .flatMap(subscription -> subscription.types().stream())
                        .collect(Collectors.toSet()));
        InboxMemory memory = new InboxMemory(clock, settings.effectsSince());
        return new EventConsumer(
                group,
                subscriptions,
                inbox,
                memory,
                new EventReader(memory, TolerantJson.like(json)),
                metrics,
                progress,
                deadLetters);
    }

    @Bean
    @ConditionalOnMissingBean
    ConcurrentMessageListenerContainer<?, ?> eventListenerContainer(
            ConcurrentKafkaListenerContainerFactory<?, ?> containers,
            EventConsumer consumer,
            List<EventSubscription> subscriptions) {
        ConcurrentMessageListenerContainer<?, ?> container = containers.createContainer(
                subscriptions.stream().map(EventSubscription::topic).toArray(String[]::new));
        container.setupMessageListener(consumer);
        return container;
    }

    /** Skipped records get no span and no timer, which would cost more than skipping the record. */
    @Bean
    ObservationPredicate noRecordsForOthers(ObjectProvider<EventConsumer> consumers) {
        // Resolves the consumer with the first record: injected here, it would be created before the beans that observe
        // its creation.
        Supplier<EventConsumer> consumer = SingletonSupplier.of(consumers::getObject);
        return (name, context) -> !(context instanceof KafkaRecordReceiverContext received)
                || consumer.get().isFor(received.getRecord());
    }

    @Bean
    ConsumerHealth consumerHealthIndicator(MessageListenerContainer listener, Clock clock) {
        return new ConsumerHealth(listener, clock);
    }

    @Bean
    ReplayEndpoint replayEndpoint(
            EventConsumer consumer,
            Inbox inbox,
            ObjectProvider<ReadModel> models,
            MessageListenerContainer listener,
            PlatformTransactionManager transactions) {
        return new ReplayEndpoint(
                consumer, inbox, models.stream().toList(), listener, new TransactionTemplate(transactions));
    }
}
