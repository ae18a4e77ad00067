/** Which servlet requests need an access token, and how those without one are answered. */
@NullMarked
package dev.herald.platform.access;

import org.jspecify.annotations.NullMarked;
