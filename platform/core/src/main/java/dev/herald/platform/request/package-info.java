/** The name of each request, by which a caller can ask after it, and the length of each answer. */
@NullMarked
package dev.herald.platform.request;

import org.jspecify.annotations.NullMarked;
