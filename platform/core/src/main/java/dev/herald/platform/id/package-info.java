/** Ids: made in order of time, read in their one written form. */
@NullMarked
package dev.herald.platform.id;

import org.jspecify.annotations.NullMarked;
