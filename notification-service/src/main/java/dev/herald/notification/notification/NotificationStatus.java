package dev.herald.notification.notification;

/** {@code PENDING} until SMTP has accepted the email, or has refused it permanently or too often. */
enum NotificationStatus {
    PENDING,
    SENT,
    FAILED
}
