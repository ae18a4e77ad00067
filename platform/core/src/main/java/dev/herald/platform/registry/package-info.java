/** Whether other instances find this one in the registry. */
@NullMarked
package dev.herald.platform.registry;

import org.jspecify.annotations.NullMarked;
