/** Who writes: a read model built from the user events. */
@NullMarked
package dev.herald.post.author;

import org.jspecify.annotations.NullMarked;
