/** Rows whose time is over, deleted by one replica. */
@NullMarked
package dev.herald.platform.housekeeping;

import org.jspecify.annotations.NullMarked;
