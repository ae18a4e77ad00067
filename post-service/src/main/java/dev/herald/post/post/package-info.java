/** Posts: drafts and published ones. */
@NullMarked
package dev.herald.post.post;

import org.jspecify.annotations.NullMarked;
