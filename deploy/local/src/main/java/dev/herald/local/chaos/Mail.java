package dev.herald.local.chaos;

/** An email that SMTP has accepted. */
record Mail(String messageId, String recipient) {}
