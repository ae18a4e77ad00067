/** Connections to the mail server, and what its replies mean for an email. */
@NullMarked
package dev.herald.notification.smtp;

import org.jspecify.annotations.NullMarked;
