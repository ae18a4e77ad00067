/** Emails, sent because of events. */
@NullMarked
package dev.herald.notification;

import org.jspecify.annotations.NullMarked;
