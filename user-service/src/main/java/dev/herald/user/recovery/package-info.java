/** Recovery of an account whose password is forgotten, by a mailed link. */
@NullMarked
package dev.herald.user.recovery;

import org.jspecify.annotations.NullMarked;
