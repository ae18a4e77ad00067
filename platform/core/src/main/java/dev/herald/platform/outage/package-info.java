/** Distinguishes failures of the database from failures of a request or an event. */
@NullMarked
package dev.herald.platform.outage;

import org.jspecify.annotations.NullMarked;
