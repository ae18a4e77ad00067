/** Fingerprints of what is to be found again, but not to be read. */
@NullMarked
package dev.herald.platform.hash;

import org.jspecify.annotations.NullMarked;
