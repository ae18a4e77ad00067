/** How much each caller may ask. */
@NullMarked
package dev.herald.gateway.limit;

import org.jspecify.annotations.NullMarked;
