/**
 * Notifications: one row per event, which the API lists and administrators resend. A notification reaches its user as an email; the word
 * email stands for that message alone.
 */
@NullMarked
package dev.herald.notification.notification;

import org.jspecify.annotations.NullMarked;
