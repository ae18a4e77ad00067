/** Accounts, from registration to deletion, and their events. */
@NullMarked
package dev.herald.user.account;

import org.jspecify.annotations.NullMarked;
