/** Constraints that Jakarta Validation does not have. */
@NullMarked
package dev.herald.platform.validation;

import org.jspecify.annotations.NullMarked;
