/** Posts and their authors; the owner of the post events. */
@NullMarked
package dev.herald.post;

import org.jspecify.annotations.NullMarked;
