/** Ids of requests. */
@NullMarked
package dev.herald.platform.request;

import org.jspecify.annotations.NullMarked;
