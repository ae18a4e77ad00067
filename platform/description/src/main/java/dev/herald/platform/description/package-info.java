/** The API description, which is made from the controllers and compared with the checked-in file. */
@NullMarked
package dev.herald.platform.description;

import org.jspecify.annotations.NullMarked;
