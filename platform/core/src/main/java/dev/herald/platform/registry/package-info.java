/** The registration of this instance, and the instances of other services. */
@NullMarked
package dev.herald.platform.registry;

import org.jspecify.annotations.NullMarked;
