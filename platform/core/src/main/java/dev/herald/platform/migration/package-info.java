/** The tables that the platform brings into a service's schema. */
@NullMarked
package dev.herald.platform.migration;

import org.jspecify.annotations.NullMarked;
