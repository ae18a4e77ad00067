/** An example of a service that consumes Herald's events: it lists the titles of published posts with their authors' names. */
@NullMarked
package dev.herald.headlines;

import org.jspecify.annotations.NullMarked;
