/** Bodies: how large they may be. */
@NullMarked
package dev.herald.gateway.body;

import org.jspecify.annotations.NullMarked;
