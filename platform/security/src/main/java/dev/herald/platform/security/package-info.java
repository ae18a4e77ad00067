/** Bearer tokens and callers, in the gateway and in every service. */
@NullMarked
package dev.herald.platform.security;

import org.jspecify.annotations.NullMarked;
