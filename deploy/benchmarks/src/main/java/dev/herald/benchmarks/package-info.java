/** Puts load on a running suite, in named scenarios. Most compare two loads that are measured in the same rounds. */
@NullMarked
package dev.herald.benchmarks;

import org.jspecify.annotations.NullMarked;
