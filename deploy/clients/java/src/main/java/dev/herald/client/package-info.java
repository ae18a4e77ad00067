/** Herald's API as typed HTTP interfaces, for services that consume Herald's events. */
@NullMarked
package dev.herald.client;

import org.jspecify.annotations.NullMarked;
