/** Exceptions of servlet requests as problem documents. */
@NullMarked
package dev.herald.platform.error;

import org.jspecify.annotations.NullMarked;
