package dev.herald.chaos;

import java.time.Instant;

/**
 * An email that SMTP has accepted.
 *
 * @param at when it did
 */
record Mail(String messageId, String recipient, Instant at) {}
