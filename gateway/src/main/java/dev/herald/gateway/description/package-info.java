/** The whole API in one OpenAPI document: what the services say of themselves, as seen through the gateway. */
@NullMarked
package dev.herald.gateway.description;

import org.jspecify.annotations.NullMarked;
