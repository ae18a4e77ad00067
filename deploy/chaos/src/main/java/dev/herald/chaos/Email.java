package dev.herald.chaos;

import java.time.Instant;

/** An email that SMTP accepted, with the time of its acceptance. */
record Email(String messageId, String recipient, Instant at) {}
