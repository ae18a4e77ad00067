/** What a frontend team meets first: pages that say what the API is, what its problems mean and which events it tells. */
@NullMarked
package dev.herald.gateway.portal;

import org.jspecify.annotations.NullMarked;
