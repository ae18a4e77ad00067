/** The networks from which an account is used. */
@NullMarked
package dev.herald.user.network;

import org.jspecify.annotations.NullMarked;
