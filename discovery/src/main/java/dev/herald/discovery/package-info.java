/** The registry in which every instance announces itself and finds the others. */
@NullMarked
package dev.herald.discovery;

import org.jspecify.annotations.NullMarked;
