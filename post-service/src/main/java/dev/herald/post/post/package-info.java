/** Posts: drafts and what is published. */
@NullMarked
package dev.herald.post.post;

import org.jspecify.annotations.NullMarked;
