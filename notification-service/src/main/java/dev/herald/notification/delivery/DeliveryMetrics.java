package dev.herald.notification.delivery;

import dev.herald.notification.notification.NotificationType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** {@code herald_emails_total{type,outcome}} and {@code herald_email_delivery_latency_seconds{type}}. */
@Component
class DeliveryMetrics {

    /** The objective: 99 % of the welcome emails are accepted within this time. */
    private static final Duration OBJECTIVE = Duration.ofSeconds(60);

    enum Outcome {
        SENT,
        RETRIED,
        FAILED,
        /** A permanent reply of the recipient's server. */
        REFUSED
    }

    private final MeterRegistry meters;

    DeliveryMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (NotificationType type : NotificationType.values()) {
            latency(type);
            for (Outcome outcome : Outcome.values()) {
                counter(type, outcome);
            }
        }
    }

    /** Records a negative time as zero, because the event's time comes from another machine's clock. */
    void sent(DueNotification email, Instant now) {
        counter(email.type(), Outcome.SENT).increment();
        Duration took = Duration.between(email.eventTime(), now);
        latency(email.type()).record(took.isNegative() ? Duration.ZERO : took);
    }

    void notSent(DueNotification email, Outcome outcome) {
        counter(email.type(), outcome).increment();
    }

    private Timer latency(NotificationType type) {
        return Timer.builder("herald.email.delivery.latency")
                .description("From the event's time to SMTP's acceptance")
                .tag("type", type.template())
                .publishPercentileHistogram()
                .serviceLevelObjectives(OBJECTIVE)
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(meters);
    }

    private Counter counter(NotificationType type, Outcome outcome) {
        return Counter.builder("herald.emails")
                .description("Attempts to send an email, by outcome")
                .tag("type", type.template())
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
