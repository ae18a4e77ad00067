/** Calls to another service by its name in the registry: with the caller's token, within a deadline, and never for nothing. */
@NullMarked
package dev.herald.platform.remote;

import org.jspecify.annotations.NullMarked;
