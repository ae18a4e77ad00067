/** The end-to-end tests, on a running suite. */
@NullMarked
package dev.herald.local;

import org.jspecify.annotations.NullMarked;
