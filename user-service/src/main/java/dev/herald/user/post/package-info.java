/** The posts that a user registers with or is shown with; post-service owns posts. */
@NullMarked
package dev.herald.user.post;

import org.jspecify.annotations.NullMarked;
