/** Sends due notifications as emails, and retries those that SMTP did not accept. */
@NullMarked
package dev.herald.notification.delivery;

import org.jspecify.annotations.NullMarked;
