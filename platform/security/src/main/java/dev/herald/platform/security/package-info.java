/** Who calls, and whether they may: bearer tokens checked in the same way by the gateway and every service. */
@NullMarked
package dev.herald.platform.security;

import org.jspecify.annotations.NullMarked;
