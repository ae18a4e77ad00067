/**
 * The launcher: the whole suite on one machine, with real embedded servers.
 *
 * <p>There is no daemon. Each component's process has a {@link dev.herald.local.RunRecord} in {@code .herald/run}, and every
 * command reads these and acts on the processes themselves.
 */
@NullMarked
package dev.herald.local;

import org.jspecify.annotations.NullMarked;
