/** Email addresses: the accepted forms, their display and their comparison. */
@NullMarked
package dev.herald.platform.email;

import org.jspecify.annotations.NullMarked;
