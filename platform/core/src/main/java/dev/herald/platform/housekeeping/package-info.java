/** Deletes expired rows, on one replica at a time. */
@NullMarked
package dev.herald.platform.housekeeping;

import org.jspecify.annotations.NullMarked;
