package dev.herald.platform.deadletter;

import dev.herald.platform.event.UnreadableEvent;
import dev.herald.platform.inbox.ConsumerSettings;
import dev.herald.platform.inbox.EventReceiver;
import dev.herald.platform.inbox.EventSubscription;
import dev.herald.platform.outage.DatabaseOutage;
import dev.herald.platform.outage.DatabaseRefusal;
import dev.herald.platform.topic.EventTopic;
import dev.herald.platform.topic.TopicSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Handles a consumer's failures: retries for ever while infrastructure is unavailable, otherwise calls the handler a
 * limited number of times, then publishes a dead letter.
 */
@AutoConfiguration(beforeName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnBean(EventSubscription.class)
@EnableConfigurationProperties({ConsumerErrorSettings.class, ConsumerSettings.class, TopicSettings.class})
class DeadLetterAutoConfiguration {

    private static final BackOff NO_RETRY = new FixedBackOff(0, 0);

    @Bean
    KafkaAdmin.NewTopics deadLetterTopics(
            List<EventSubscription> subscriptions, ConsumerSettings consumer, TopicSettings topics) {
        return new KafkaAdmin.NewTopics(subscriptions.stream()
                .map(subscription -> EventTopic.deadLetters(subscription.topic(), consumer.groupId(), topics))
                .toArray(NewTopic[]::new));
    }

    @Bean
    DeadLetterPublisher deadLetterPublisher(
            KafkaTemplate<?, ?> kafka,
            MeterRegistry meters,
            List<EventSubscription> subscriptions,
            ConsumerSettings consumer) {
        DeadLetterPublisher publisher = new DeadLetterPublisher(kafka, meters, consumer.groupId());
        subscriptions.forEach(subscription -> publisher.counter(subscription.topic()));
        return publisher;
    }

    /** Replaces Spring's listener, which would log the content of a record; the publisher logs every failure itself. */
    @Bean
    @ConditionalOnMissingBean
    ProducerListener<Object, Object> silentProducerListener() {
        return new ProducerListener<>() {};
    }

    @Bean
    @ConditionalOnMissingBean
    CommonErrorHandler consumerErrorHandler(
            DeadLetterPublisher deadLetters, ConsumerErrorSettings settings, ObjectProvider<RetryListener> listeners) {
        ExponentialBackOff attempts = backOff(settings);
        attempts.setMaxAttempts(settings.attempts() - 1);
        ExponentialBackOff duringOutages = backOff(settings);
        DefaultErrorHandler handler = new DefaultErrorHandler(deadLetters, attempts);
        // Counts a record's attempts across different exceptions; otherwise two that alternate would be retried for
        // ever.
        handler.setResetStateOnExceptionChange(false);
        handler.addNotRetryableExceptions(UnreadableEvent.class);
        handler.setBackOffFunction((message, failure) -> {
            if (isOutage(failure)) {
                return duringOutages;
            }
            return DatabaseRefusal.isFinal(failure) ? NO_RETRY : null;
        });
        handler.setRetryListeners(listeners.stream().toArray(RetryListener[]::new));
        return handler;
    }

    @Bean
    DeadLetters deadLetters(
            ConsumerFactory<?, ?> consumers,
            KafkaTemplate<String, byte[]> kafka,
            List<EventSubscription> subscriptions,
            ConsumerSettings consumer) {
        return new DeadLetters(
                consumers,
                kafka,
                consumer.groupId(),
                subscriptions.stream().map(EventSubscription::topic).toList());
    }

    @Bean
    DeadLettersEndpoint deadLettersEndpoint(DeadLetters letters, EventReceiver receiver) {
        return new DeadLettersEndpoint(letters, receiver);
    }

    /** Whether the failure is one of infrastructure, which is retried for ever. A failure of the handler counts as an attempt. */
    private static boolean isOutage(Exception failure) {
        return DatabaseOutage.causes(failure)
                || Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                        .anyMatch(IOException.class::isInstance);
    }

    private static ExponentialBackOff backOff(ConsumerErrorSettings settings) {
        ExponentialBackOff backOff = new ExponentialBackOff(settings.backOff().toMillis(), 2);
        backOff.setMaxInterval(settings.maxBackOff().toMillis());
        return backOff;
    }
}
