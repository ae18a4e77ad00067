/** Tokens checked at the edge: what would be refused behind it does not get there. */
@NullMarked
package dev.herald.gateway.security;

import org.jspecify.annotations.NullMarked;
