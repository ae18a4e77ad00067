/** The event contracts, as JSON Schemas describe them. */
@NullMarked
package dev.herald.platform.contract;

import org.jspecify.annotations.NullMarked;
