package dev.herald.notification.email;

import dev.herald.platform.event.EventMetadata;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The delivery of one email: {@code PENDING} until SMTP has accepted it, or has refused it for good or often enough. */
@Entity
class Email {

    static final String TRACEPARENT = "traceparent";

    @Id
    private UUID id;

    private UUID eventId;
    private Instant eventTime;

    @Enumerated(EnumType.STRING)
    private EmailType type;

    @Column
    private UUID userId;

    private String recipient;
    private String recipientName;
    private String subject;

    @Enumerated(EnumType.STRING)
    private Status status;

    /** Since it was stored. */
    private int attempts;

    /** Since it was stored or resent: what the policy counts. */
    private int failures;

    /** W3C's, of the trace that the email belongs to. */
    @Column
    private @Nullable String traceparent;

    private Instant nextAttemptAt;

    @Column
    private @Nullable String lastError;

    @Column
    private Instant createdAt;

    @Column
    private @Nullable Instant sentAt;

    @Version
    private @Nullable Long version;

    enum Status {
        PENDING,
        SENT,
        FAILED
    }

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Email() {}

    /** Due at once. */
    Email(UUID id, EmailType type, User user, EventMetadata event, @Nullable String traceparent, Instant now) {
        this.id = id;
        this.eventId = event.id();
        this.eventTime = event.time();
        this.type = type;
        this.userId = user.id();
        this.recipient = user.email();
        this.recipientName = user.name();
        this.subject = type.subject();
        this.traceparent = traceparent;
        this.status = Status.PENDING;
        this.nextAttemptAt = now;
        this.createdAt = now;
    }

    void sent(Instant now) {
        attempts++;
        status = Status.SENT;
        sentAt = now;
        lastError = null;
    }

    /** Tries again when the policy says so, and gives up when it says nothing more. */
    void deferred(@Nullable String reason, RetryPolicy policy, Instant now) {
        attempts++;
        failures++;
        lastError = reason;
        policy.pauseAfter(failures)
                .ifPresentOrElse(pause -> nextAttemptAt = now.plus(pause), () -> status = Status.FAILED);
    }

    /** For good. */
    void refused(@Nullable String reason) {
        attempts++;
        failures++;
        lastError = reason;
        status = Status.FAILED;
    }

    /**
     * Makes it due at once, with all the attempts of a new one.
     *
     * @throws NotificationNotFailed unless it was given up
     */
    void resend(Instant now) {
        if (status != Status.FAILED) {
            throw new NotificationNotFailed(id);
        }
        status = Status.PENDING;
        failures = 0;
        nextAttemptAt = now;
    }

    UUID id() {
        return id;
    }

    UUID eventId() {
        return eventId;
    }

    Instant eventTime() {
        return eventTime;
    }

    EmailType type() {
        return type;
    }

    String recipient() {
        return recipient;
    }

    String recipientName() {
        return recipientName;
    }

    String subject() {
        return subject;
    }

    Status status() {
        return status;
    }

    int attempts() {
        return attempts;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** What {@link dev.herald.platform.observability.Traces} takes up. */
    Map<String, String> trace() {
        return traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent);
    }

    @Nullable
    Instant sentAt() {
        return sentAt;
    }
}
