/** The commands of {@code ./herald}. */
@NullMarked
package dev.herald.local.cli;

import org.jspecify.annotations.NullMarked;
