/** The API description: made from the services' controllers, compared with the file that is checked in. */
@NullMarked
package dev.herald.platform.description;

import org.jspecify.annotations.NullMarked;
