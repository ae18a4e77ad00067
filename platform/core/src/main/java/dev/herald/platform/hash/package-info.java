/** Hashes of texts that are compared and never read. */
@NullMarked
package dev.herald.platform.hash;

import org.jspecify.annotations.NullMarked;
