/** The gateway: each route leads to a service by its name in the registry. */
@NullMarked
package dev.herald.gateway;

import org.jspecify.annotations.NullMarked;
