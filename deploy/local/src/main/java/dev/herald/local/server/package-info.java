/** The components of the suite: how each is prepared, started and probed. */
@NullMarked
package dev.herald.local.server;

import org.jspecify.annotations.NullMarked;
