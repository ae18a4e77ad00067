/** Events are handled once: a handler's effect and the event's id are committed together. */
@NullMarked
package dev.herald.platform.inbox;

import org.jspecify.annotations.NullMarked;
