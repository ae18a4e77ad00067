/** Sends emails because of user events. */
@NullMarked
package dev.herald.notification;

import org.jspecify.annotations.NullMarked;
