/** The developer portal: pages about the API, its problems and its events. */
@NullMarked
package dev.herald.gateway.portal;

import org.jspecify.annotations.NullMarked;
