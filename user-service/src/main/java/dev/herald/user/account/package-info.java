/** Who is registered: accounts, from the registration to the deletion, and the events that announce what happens to them. */
@NullMarked
package dev.herald.user.account;

import org.jspecify.annotations.NullMarked;
