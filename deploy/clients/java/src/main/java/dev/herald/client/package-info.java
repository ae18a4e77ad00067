/** Herald's API as typed HTTP interfaces, for services of other teams. */
@NullMarked
package dev.herald.client;

import org.jspecify.annotations.NullMarked;
