/**
 * The running suite: starts, stops, scales and inspects its components.
 *
 * <p>There is no daemon. Each component's process has a {@link dev.herald.local.suite.RunRecord} in {@code .herald/run}, and every
 * command reads these and acts on the processes themselves.
 */
@NullMarked
package dev.herald.local.suite;

import org.jspecify.annotations.NullMarked;
