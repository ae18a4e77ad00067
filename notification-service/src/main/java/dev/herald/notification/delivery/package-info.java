/** Sends the notifications that are due as emails, and tries again what SMTP did not accept. */
@NullMarked
package dev.herald.notification.delivery;

import org.jspecify.annotations.NullMarked;
