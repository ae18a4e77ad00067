/** The clock, which tests can replace. */
@NullMarked
package dev.herald.platform.time;

import org.jspecify.annotations.NullMarked;
