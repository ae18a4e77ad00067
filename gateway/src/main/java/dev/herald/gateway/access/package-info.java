/** The access log, and the names of requests in metrics and traces. */
@NullMarked
package dev.herald.gateway.access;

import org.jspecify.annotations.NullMarked;
