/** Time-ordered ids. */
@NullMarked
package dev.herald.platform.id;

import org.jspecify.annotations.NullMarked;
