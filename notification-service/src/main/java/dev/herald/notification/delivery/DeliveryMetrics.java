package dev.herald.notification.email;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** {@code herald_emails_total{type,outcome}} and {@code herald_email_delivery_latency_seconds{type}}. */
@Component
class EmailMetrics {

    /** In which 99 % of the welcome emails are to be accepted. */
    private static final Duration OBJECTIVE = Duration.ofSeconds(60);

    enum Outcome {
        SENT,
        RETRIED,
        /** Given up after the last attempt. */
        FAILED,
        /** By the recipient's server, for good. */
        REFUSED
    }

    private final MeterRegistry meters;

    EmailMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (EmailType type : EmailType.values()) {
            latency(type);
            for (Outcome outcome : Outcome.values()) {
                counter(type, outcome);
            }
        }
    }

    /** An event that another machine's clock has dated later than its email counts as sent at once. */
    void sent(DueEmail email, Instant now) {
        counter(email.type(), Outcome.SENT).increment();
        Duration took = Duration.between(email.eventTime(), now);
        latency(email.type()).record(took.isNegative() ? Duration.ZERO : took);
    }

    void notSent(DueEmail email, Outcome outcome) {
        counter(email.type(), outcome).increment();
    }

    private Timer latency(EmailType type) {
        return Timer.builder("herald.email.delivery.latency")
                .description("From the event's time to SMTP's acceptance")
                .tag("type", type.template())
                .publishPercentileHistogram()
                .serviceLevelObjectives(OBJECTIVE)
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(meters);
    }

    private Counter counter(EmailType type, Outcome outcome) {
        return Counter.builder("herald.emails")
                .description("Attempts to send an email, by what became of them")
                .tag("type", type.template())
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
