/** Hashes of texts. */
@NullMarked
package dev.herald.platform.hash;

import org.jspecify.annotations.NullMarked;
