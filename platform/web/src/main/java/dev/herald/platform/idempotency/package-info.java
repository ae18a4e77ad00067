/** Writes that may be repeated by callers who did not hear the answer (the IETF draft Idempotency-Key header). */
@NullMarked
package dev.herald.platform.idempotency;

import org.jspecify.annotations.NullMarked;
