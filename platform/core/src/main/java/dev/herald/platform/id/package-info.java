/** Ids in order of creation, and their canonical form. */
@NullMarked
package dev.herald.platform.id;

import org.jspecify.annotations.NullMarked;
