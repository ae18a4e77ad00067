/** Traces across requests, build information, and what is left out of metrics. */
@NullMarked
package dev.herald.platform.observability;

import org.jspecify.annotations.NullMarked;
