/** Accounts and sessions; the owner of the user events. */
@NullMarked
package dev.herald.user;

import org.jspecify.annotations.NullMarked;
