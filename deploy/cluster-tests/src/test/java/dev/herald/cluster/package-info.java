/** Tests of what runs Herald on more than one machine. */
@NullMarked
package dev.herald.cluster;

import org.jspecify.annotations.NullMarked;
