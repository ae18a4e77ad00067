/** One delivery per event: stored with the event's arrival, sent until it is accepted. */
@NullMarked
package dev.herald.notification.email;

import org.jspecify.annotations.NullMarked;
