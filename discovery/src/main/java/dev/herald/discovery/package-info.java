/** The registry, in which every instance registers and finds the others. */
@NullMarked
package dev.herald.discovery;

import org.jspecify.annotations.NullMarked;
