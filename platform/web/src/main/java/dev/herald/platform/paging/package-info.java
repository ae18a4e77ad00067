/** Keyset paging. */
@NullMarked
package dev.herald.platform.paging;

import org.jspecify.annotations.NullMarked;
