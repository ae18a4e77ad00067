/** Writes that a caller may repeat (IETF draft Idempotency-Key header). */
@NullMarked
package dev.herald.platform.idempotency;

import org.jspecify.annotations.NullMarked;
