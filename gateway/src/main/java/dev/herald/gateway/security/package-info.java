/** Token checks at the edge. */
@NullMarked
package dev.herald.gateway.security;

import org.jspecify.annotations.NullMarked;
