/** JSON as the only media type of request and response bodies. */
@NullMarked
package dev.herald.platform.body;

import org.jspecify.annotations.NullMarked;
