/** The checks of a request between Netty and Spring. */
@NullMarked
package dev.herald.gateway.http;

import org.jspecify.annotations.NullMarked;
