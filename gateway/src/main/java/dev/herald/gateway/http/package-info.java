/** HTTP itself: which requests are well formed, how answers are compressed, and what makes a request conditional. */
@NullMarked
package dev.herald.gateway.http;

import org.jspecify.annotations.NullMarked;
