/** Versions of the API. */
@NullMarked
package dev.herald.platform.version;

import org.jspecify.annotations.NullMarked;
