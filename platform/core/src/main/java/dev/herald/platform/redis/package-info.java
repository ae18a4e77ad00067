/** Redis as something that may be away: it answers soon or not at all. */
@NullMarked
package dev.herald.platform.redis;

import org.jspecify.annotations.NullMarked;
