/** Bodies: how large they may be, and how they are passed on. */
@NullMarked
package dev.herald.gateway.body;

import org.jspecify.annotations.NullMarked;
