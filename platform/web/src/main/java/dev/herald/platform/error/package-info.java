/** Turns exceptions of servlet requests into problem documents. */
@NullMarked
package dev.herald.platform.error;

import org.jspecify.annotations.NullMarked;
