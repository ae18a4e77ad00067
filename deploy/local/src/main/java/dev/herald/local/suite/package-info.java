/**
 * The running suite: classes that start, stop, scale and inspect its components.
 *
 * <p>There is no daemon. Each process of a component has a {@link dev.herald.local.suite.RunRecord} in {@code .herald/run}; every command
 * reads the records, and signals the processes directly.
 */
@NullMarked
package dev.herald.local.suite;

import org.jspecify.annotations.NullMarked;
