/** The clock, so that tests can hold it. */
@NullMarked
package dev.herald.platform.time;

import org.jspecify.annotations.NullMarked;
