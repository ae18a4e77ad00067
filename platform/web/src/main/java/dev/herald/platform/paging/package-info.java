/** Keyset paging: a page, and the opaque cursor to the next. */
@NullMarked
package dev.herald.platform.paging;

import org.jspecify.annotations.NullMarked;
