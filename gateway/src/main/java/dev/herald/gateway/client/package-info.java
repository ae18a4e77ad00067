/** The client's address and origin, behind proxies too. */
@NullMarked
package dev.herald.gateway.client;

import org.jspecify.annotations.NullMarked;
