/** The console of a local suite: its instances, logs, events and latest requests. Only in the profile {@code local}. */
@NullMarked
package dev.herald.gateway.portal.console;

import org.jspecify.annotations.NullMarked;
