/** Who is calling, and where from. */
@NullMarked
package dev.herald.gateway.client;

import org.jspecify.annotations.NullMarked;
