/** Random requests made from the API description, and a check of every answer against it. */
@NullMarked
package dev.herald.local.fuzz;

import org.jspecify.annotations.NullMarked;
