/** Access tokens in servlet applications. */
@NullMarked
package dev.herald.platform.access;

import org.jspecify.annotations.NullMarked;
