/** Access tokens, and the keys that sign them. */
@NullMarked
package dev.herald.user.keys;

import org.jspecify.annotations.NullMarked;
