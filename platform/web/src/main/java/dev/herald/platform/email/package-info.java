/** Email addresses: which ones are accepted, how they are shown, and when two of them are equal. */
@NullMarked
package dev.herald.platform.email;

import org.jspecify.annotations.NullMarked;
