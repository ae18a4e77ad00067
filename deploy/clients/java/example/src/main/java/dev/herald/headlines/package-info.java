/** An example of a consumer: the titles of published posts, with their authors' names. */
@NullMarked
package dev.herald.headlines;

import org.jspecify.annotations.NullMarked;
