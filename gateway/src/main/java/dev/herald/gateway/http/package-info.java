/** Netty's side of the server: which requests are well formed enough to be passed on. */
@NullMarked
package dev.herald.gateway.http;

import org.jspecify.annotations.NullMarked;
