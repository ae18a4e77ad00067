/** Conditional requests (RFC 9110, section 13). */
@NullMarked
package dev.herald.platform.conditional;

import org.jspecify.annotations.NullMarked;
