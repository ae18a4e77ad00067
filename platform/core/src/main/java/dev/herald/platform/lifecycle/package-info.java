/** The order in which a service starts and stops. */
@NullMarked
package dev.herald.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
