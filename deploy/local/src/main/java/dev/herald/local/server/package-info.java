/** The components of the suite: how the launcher prepares, starts and probes each. */
@NullMarked
package dev.herald.local.server;

import org.jspecify.annotations.NullMarked;
