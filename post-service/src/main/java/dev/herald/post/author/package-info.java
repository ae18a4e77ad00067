/** Authors: a read model of the user events. */
@NullMarked
package dev.herald.post.author;

import org.jspecify.annotations.NullMarked;
