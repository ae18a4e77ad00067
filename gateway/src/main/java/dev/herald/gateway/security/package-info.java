/** Checks access tokens, and refuses requests with methods or headers that are not allowed. */
@NullMarked
package dev.herald.gateway.security;

import org.jspecify.annotations.NullMarked;
