/** The parameters of a query: one rule for those of every operation. */
@NullMarked
package dev.herald.platform.parameter;

import org.jspecify.annotations.NullMarked;
