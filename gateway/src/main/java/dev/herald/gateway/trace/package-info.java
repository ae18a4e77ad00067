/** The trace of a request, which moves between threads. */
@NullMarked
package dev.herald.gateway.trace;

import org.jspecify.annotations.NullMarked;
