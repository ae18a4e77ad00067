/** Load on a running suite: named scenarios, each of which compares what it measures with something measured beside it. */
@NullMarked
package dev.herald.benchmarks;

import org.jspecify.annotations.NullMarked;
