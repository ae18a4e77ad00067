/** Traces, build information, and the traffic that metrics and traces leave out. */
@NullMarked
package dev.herald.platform.observability;

import org.jspecify.annotations.NullMarked;
