/** When the gateway is ready: once its routes lead somewhere. */
@NullMarked
package dev.herald.gateway.route;

import org.jspecify.annotations.NullMarked;
