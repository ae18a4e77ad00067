/** Whether others find this instance. */
@NullMarked
package dev.herald.platform.registry;

import org.jspecify.annotations.NullMarked;
