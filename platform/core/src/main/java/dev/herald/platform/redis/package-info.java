/** Redis as an optional dependency. */
@NullMarked
package dev.herald.platform.redis;

import org.jspecify.annotations.NullMarked;
