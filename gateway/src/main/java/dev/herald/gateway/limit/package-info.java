/** Rate limits for each caller. */
@NullMarked
package dev.herald.gateway.limit;

import org.jspecify.annotations.NullMarked;
