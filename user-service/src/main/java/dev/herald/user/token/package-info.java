/** Tokens for the links in emails: valid once, for a time, for one account and address. */
@NullMarked
package dev.herald.user.token;

import org.jspecify.annotations.NullMarked;
