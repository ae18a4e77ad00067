/** The version of the API that a path names. */
@NullMarked
package dev.herald.gateway.version;

import org.jspecify.annotations.NullMarked;
