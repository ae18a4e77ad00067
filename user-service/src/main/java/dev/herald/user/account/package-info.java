/** Who is registered: from the registration to the event that announces it. */
@NullMarked
package dev.herald.user.account;

import org.jspecify.annotations.NullMarked;
