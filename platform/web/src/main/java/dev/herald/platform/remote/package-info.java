/** Calls to other services. */
@NullMarked
package dev.herald.platform.remote;

import org.jspecify.annotations.NullMarked;
