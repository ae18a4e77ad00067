/** Email addresses: which are accepted, how they are shown, and when two are equal. */
@NullMarked
package dev.herald.platform.email;

import org.jspecify.annotations.NullMarked;
