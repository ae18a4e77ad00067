/** The parameters of a query. */
@NullMarked
package dev.herald.platform.parameter;

import org.jspecify.annotations.NullMarked;
