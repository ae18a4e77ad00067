package dev.herald.notification.notification;

import dev.herald.platform.event.EventMetadata;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification and the state of its email: {@code PENDING} until SMTP has accepted it, or has refused it for good or often enough. The
 * package {@code delivery}
 * records the attempts.
 */
@Entity
@Table(name = "email")
class Notification {

    @Id
    private UUID id;

    @Column
    private UUID eventId;

    @Column
    private Instant eventTime;

    @Enumerated(EnumType.STRING)
    private NotificationType type;

    @Column
    private UUID userId;

    private String recipient;

    @Column
    private String recipientName;

    private String subject;

    @Enumerated(EnumType.STRING)
    private Status status;

    private int attempts;

    /** Failed attempts since it was stored or resent, which the retry policy counts. */
    @Column
    private int failures;

    /** The failed attempts in which SMTP took the message and did not answer. */
    @Column
    private int unanswered;

    /** Whether a sender may claim it; if not, it is claimed or waits for a retry until {@link #nextAttemptAt}. */
    @Column
    private boolean due;

    /** The W3C header of the trace that began with the request. */
    @Column
    private @Nullable String traceparent;

    @Column
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
    protected Notification() {}

    Notification(
            UUID id,
            NotificationType type,
            UserEvent user,
            EventMetadata event,
            @Nullable String traceparent,
            Instant now) {
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
        this.due = true;
        this.nextAttemptAt = now;
        this.createdAt = now;
    }

    /**
     * Makes it due now, with the attempts of a new one.
     *
     * @throws NotificationNotFailed unless its status is {@code FAILED}
     */
    void resend(Instant now) {
        if (status != Status.FAILED) {
            throw new NotificationNotFailed(id);
        }
        status = Status.PENDING;
        failures = 0;
        unanswered = 0;
        due = true;
        nextAttemptAt = now;
    }

    UUID id() {
        return id;
    }

    NotificationType type() {
        return type;
    }

    String recipient() {
        return recipient;
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

    @Nullable
    Instant sentAt() {
        return sentAt;
    }
}
