/** Migrations of the platform's tables in a service's schema. */
@NullMarked
package dev.herald.platform.migration;

import org.jspecify.annotations.NullMarked;
